package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a broker leaves a consumer's request unanswered, to the last byte: the connection may have died
 * unnoticed. Kafka's consumer waits {@code request.timeout.ms} for the answer, 30 s by default. Its metrics show it
 * earlier.
 */
final class FetchSilence {

    /** After such a gap without a poll, nobody knows whether there was an answer. */
    private static final long GAP_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** To find the metrics of the brokers, all metrics of the consumer are walked through. */
    private static final long FIND_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What came from a broker, and since when nothing more came while a request was waiting. */
    private record Seen(double bytes, long since) {}

    private final Consumer<?, ?> consumer;
    private final Map<String, Seen> nodes = new HashMap<>();
    private Map<String, Map<String, Metric>> metrics = Map.of();
    private int metricsThen;
    private long lastFound = System.nanoTime() - FIND_EVERY_NANOS;
    private long lastLook = System.nanoTime() - GAP_NANOS;
    private Duration lastSeen = Duration.ZERO;

    FetchSilence(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** Call it at least after each poll that brought nothing. Returns how long the most silent broker has been silent. */
    Duration look() {
        long now = System.nanoTime();
        if (now - lastLook < LOOK_EVERY_NANOS) {
            return lastSeen;
        }
        if (now - lastLook > GAP_NANOS) {
            nodes.clear();
        }
        lastLook = now;
        find(now);
        long longest = 0;
        for (Map.Entry<String, Map<String, Metric>> node : metrics.entrySet()) {
            double bytes = value(node.getValue().get("incoming-byte-total"));
            boolean waiting = value(node.getValue().get("request-total"))
                    > value(node.getValue().get("response-total"));
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

    /** Finds the metrics of each broker. A broker's are created when the consumer connects to it. */
    private void find(long now) {
        Map<MetricName, ? extends Metric> all = consumer.metrics();
        if (all.size() != metricsThen || now - lastFound > FIND_EVERY_NANOS) {
            metricsThen = all.size();
            lastFound = now;
            metrics = all.values().stream()
                    .filter(metric -> metric.metricName().group().equals("consumer-node-metrics"))
                    .filter(metric -> metric.metricName().name().endsWith("-total"))
                    .collect(Collectors.groupingBy(
                            metric -> metric.metricName().tags().getOrDefault("node-id", ""),
                            Collectors.toMap(metric -> metric.metricName().name(), metric -> metric)));
        }
    }

    private static double value(@Nullable Metric metric) {
        return metric != null && metric.metricValue() instanceof Double value ? value : 0;
    }
}
