package io.github.lateststate.kafka;

import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * Notices that a broker refuses what a consumer fetches, as it does when the topic was deleted. Kafka's consumer then fetches again at
 * once, thousands of times a second, logs each refusal, and tells nothing of it to who polls. Its metrics do.
 */
final class RefusedFetches {

    /** So many soon come together, and never by accident. */
    private static final int MANY = 100;

    private final Consumer<?, ?> consumer;
    private final Optional<? extends Metric> sent;
    private double sentBefore;
    private double tooMany;

    RefusedFetches(Consumer<?, ?> consumer) {
        this.consumer = consumer;
        this.sent = consumer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals("fetch-total"))
                .findAny();
    }

    /**
     * To be called after each poll.
     *
     * @return whether it looks as if there were some; it will say so again only after as many more
     */
    boolean suspected() {
        double sentNow = sent.map(metric -> (double) metric.metricValue()).orElse(0.0);
        // a poll sends one to each leader; where there is nothing, a leader keeps it for about as long as a poll takes
        int leadersAtMost = 1 + consumer.assignment().size();
        tooMany += Math.max(0, sentNow - sentBefore - leadersAtMost);
        sentBefore = sentNow;
        boolean many = tooMany > MANY;
        if (many) {
            tooMany = 0;
        }
        return many;
    }
}
