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

    /**
     * The requests of a span.
     *
     * @param byType how many of each type; leaves types without requests out
     * @param seconds how long the span was
     */
    public record Span(Map<String, Long> byType, double seconds) {

        /** How many there were, of all types. */
        public long total() {
            return byType.values().stream().mapToLong(Long::longValue).sum();
        }

        /** How many there were per second, of all types. */
        public double perSecond() {
            return total() / seconds;
        }
    }

    /** Returns those that came since an earlier count. */
    public Span since(BrokerRequests earlier) {
        Map<String, Long> added = new TreeMap<>(counts);
        earlier.counts.forEach((type, count) -> added.merge(type, -count, Long::sum));
        added.values().removeIf(count -> count <= 0);
        return new Span(added, (nanos - earlier.nanos) / 1e9);
    }

    /**
     * Excludes two kinds: names under which a fetch is counted a second time, and the broker's requests to its
     * controller.
     */
    private static boolean isOfClients(String type) {
        return !type.equals("FetchConsumer") && !type.equals("FetchFollower") && !type.startsWith("Broker");
    }
}
