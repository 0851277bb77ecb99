package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * Notices that a broker leaves a consumer's request unanswered, to the last byte: the connection may have died
 * unnoticed. Kafka's consumer waits {@code request.timeout.ms} for the answer, 30 s by default. Its metrics show it
 * earlier.
 */
final class FetchSilence {

    /** After such a gap without a poll, nobody knows whether there was an answer. */
    private static final long GAP_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Each look walks through all metrics of the consumer. */
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** What came from a broker, and since when nothing more came while a request was waiting. */
    private record Seen(double bytes, long since) {}

    private final Consumer<?, ?> consumer;
    private final Map<String, Seen> nodes = new HashMap<>();
    private long lastLook = System.nanoTime() - GAP_NANOS;
    private Duration lastSeen = Duration.ZERO;

    FetchSilence(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** Call it after each poll. Returns how long the most silent broker has been silent. */
    Duration look() {
        long now = System.nanoTime();
        if (now - lastLook < LOOK_EVERY_NANOS) {
            return lastSeen;
        }
        if (now - lastLook > GAP_NANOS) {
            nodes.clear();
        }
        lastLook = now;
        Map<String, Map<String, Double>> metrics = consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().group().equals("consumer-node-metrics"))
                .filter(metric -> metric.metricName().name().endsWith("-total"))
                .collect(Collectors.groupingBy(
                        metric -> metric.metricName().tags().getOrDefault("node-id", ""),
                        Collectors.toMap(metric -> metric.metricName().name(), FetchSilence::value)));
        long longest = 0;
        for (Map.Entry<String, Map<String, Double>> node : metrics.entrySet()) {
            double bytes = node.getValue().getOrDefault("incoming-byte-total", 0.0);
            boolean waiting = node.getValue().getOrDefault("request-total", 0.0)
                    > node.getValue().getOrDefault("response-total", 0.0);
            Seen seen = nodes.get(node.getKey());
            if (seen == null || seen.bytes() != bytes || !waiting) {
                nodes.put(node.getKey(), new Seen(bytes, now));
            } else {
                longest = Math.max(longest, now - seen.since());
            }
        }
        lastSeen = Duration.ofNanos(longest);
        return lastSeen;
    }

    private static double value(Metric metric) {
        return metric.metricValue() instanceof Double value ? value : 0;
    }
}
