package io.github.lateststate.kafka;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/** Counts the requests of all clients that get it through {@code metric.reporters}. */
public final class RequestCounter implements MetricsReporter {

    private static final Set<KafkaMetric> counts = ConcurrentHashMap.newKeySet();

    /** For the client that creates it. */
    public RequestCounter() {}

    /** How many requests all of them have sent so far, including closed clients. */
    static double sent() {
        return counts.stream()
                .mapToDouble(count -> (double) count.metricValue())
                .sum();
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
        metrics.forEach(this::metricChange);
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        if (metric.metricName().name().equals("request-total")
                && !metric.metricName().tags().containsKey("node-id")) {
            counts.add(metric);
        }
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
}
