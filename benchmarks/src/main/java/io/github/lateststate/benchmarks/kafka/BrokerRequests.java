package io.github.lateststate.benchmarks.kafka;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Requests that the broker in this JVM has answered, by its own metrics.
 *
 * @param nanos when, by {@link System#nanoTime()}
 * @param counts how many of each type so far
 */
public record BrokerRequests(long nanos, Map<String, Long> counts) {

    private static final String METRICS = "kafka.network:type=RequestMetrics,name=RequestsPerSec,*";

    /** Counts now. */
    public static BrokerRequests now() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Map<String, Long> counts = new TreeMap<>();
        for (ObjectName metric : server.queryNames(new ObjectName(METRICS), null)) {
            String type = metric.getKeyProperty("request");
            if (isOfClients(type)) {
                counts.merge(type, (Long) server.getAttribute(metric, "Count"), Long::sum);
            }
        }
        return new BrokerRequests(System.nanoTime(), counts);
    }

    /** Returns how many there were of each type since then. Leaves types without requests out. */
    public Map<String, Long> since(BrokerRequests earlier) {
        Map<String, Long> added = new TreeMap<>(counts);
        earlier.counts.forEach((type, count) -> added.merge(type, -count, Long::sum));
        added.values().removeIf(count -> count <= 0);
        return added;
    }

    /** Returns how many there were per second, of all types. */
    public double perSecondSince(BrokerRequests earlier) {
        long all = since(earlier).values().stream().mapToLong(Long::longValue).sum();
        return all / ((nanos - earlier.nanos) / 1e9);
    }

    /**
     * Excludes two kinds: names under which a fetch is counted a second time, and the broker's requests to its
     * controller.
     */
    private static boolean isOfClients(String type) {
        return !type.equals("FetchConsumer") && !type.equals("FetchFollower") && !type.startsWith("Broker");
    }
}
