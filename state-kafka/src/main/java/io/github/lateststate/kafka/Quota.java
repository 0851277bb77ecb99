package io.github.lateststate.kafka;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/** Whether the brokers throttle a consumer because of a quota. Its polls are then empty for long, without an error. */
final class Quota {

    private final Consumer<?, ?> consumer;
    private @Nullable Metric longest;

    Quota(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** What to add to the progress; empty unless a fetch was throttled in about the last minute. */
    String suffix() {
        if (longest == null) {
            longest = consumer.metrics().values().stream()
                    .filter(metric -> metric.metricName().name().equals("fetch-throttle-time-max"))
                    .findAny()
                    .orElse(null);
        }
        double millis = longest == null ? 0 : (double) longest.metricValue();
        return millis > 0
                ? ", throttled by a quota of the Kafka cluster (up to " + Math.round(millis) + " ms a fetch)"
                : "";
    }
}
