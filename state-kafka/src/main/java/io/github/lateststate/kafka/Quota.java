package io.github.lateststate.kafka;

import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/** Whether the brokers throttle a consumer because of a quota. Its polls are then empty for long, without an error. */
final class Quota {

    private final Optional<? extends Metric> longest;

    Quota(Consumer<?, ?> consumer) {
        this.longest = consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("fetch-throttle-time-max"))
                .findAny();
    }

    /** What to add to the progress; empty unless a fetch was throttled in about the last minute. */
    String suffix() {
        double millis = longest.map(metric -> (double) metric.metricValue()).orElse(0.0);
        return millis > 0
                ? ", throttled by a quota of the Kafka cluster (up to " + Math.round(millis) + " ms a fetch)"
                : "";
    }
}
