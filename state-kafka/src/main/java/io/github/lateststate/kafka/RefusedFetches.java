package io.github.lateststate.kafka;

import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * Notices that a broker refuses a consumer's fetches. After a topic is deleted, Kafka's consumer keeps fetching it
 * thousands of times a second and logs each refusal, but {@code poll} does not report it. The consumer's metrics do.
 */
final class RefusedFetches {

    /** Refusals reach this number quickly. Accidents never do. */
    private static final int MANY = 100;

    private final Consumer<?, ?> consumer;
    private final Optional<? extends Metric> sent;
    private double sentBefore;
    private int polls;
    private double tooMany;

    RefusedFetches(Consumer<?, ?> consumer) {
        this.consumer = consumer;
        this.sent = consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("fetch-total"))
                .findAny();
    }

    /** Notes a poll. */
    void polled() {
        polls++;
    }

    /**
     * Looks at all polls since it was called last.
     *
     * @return whether there seem to have been refusals; it repeats this only after as many more
     */
    boolean suspected() {
        double sentNow = sent.map(metric -> (double) metric.metricValue()).orElse(0.0);
        // A poll sends one fetch to each leader. If there is nothing to read, a leader keeps it for about as long as a
        // poll.
        int leadersAtMost = 1 + consumer.assignment().size();
        tooMany += Math.max(0, sentNow - sentBefore - (double) polls * leadersAtMost);
        sentBefore = sentNow;
        polls = 0;
        boolean many = tooMany > MANY;
        if (many) {
            tooMany = 0;
        }
        return many;
    }
}
