package io.github.lateststate.kinesis;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Room for subscriptions to shards: each holds one of the concurrent requests of its client for five minutes. A client that was
 * handed in says in the metrics of a call how many it allows; some of them are kept free for all other calls. Shared by all that
 * use the client; thread-safe.
 */
final class FanOutRoom implements MetricPublisher {

    private static final int KEPT_FREE = 10;

    /** What the SDK's own HTTP clients allow by default; taken for a client that does not say. */
    private static final int USUAL = 50;

    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final AtomicInteger taken = new AtomicInteger();
    private volatile int most;

    private FanOutRoom(int most) {
        this.most = most;
    }

    /** Room on a client that has no other calls to make, and no limit. */
    static FanOutRoom unlimited() {
        return new FanOutRoom(UNLIMITED);
    }

    /** Room on a client that was handed in. */
    static FanOutRoom ofClient() {
        return new FanOutRoom(most(USUAL));
    }

    /** Takes room for one subscription, if there is some; {@link #giveBack} has to follow. */
    boolean take() {
        return taken.getAndUpdate(now -> now < most ? now + 1 : now) < most;
    }

    void giveBack() {
        taken.decrementAndGet();
    }

    @Override
    public void publish(MetricCollection metrics) {
        if (most != UNLIMITED) { // subscriptions have a client to themselves
            metrics.metricValues(HttpMetric.MAX_CONCURRENCY).forEach(requests -> most = most(requests));
            metrics.children().forEach(this::publish);
        }
    }

    @Override
    public void close() {
        // it holds nothing
    }

    private static int most(int requests) {
        return requests - Math.min(KEPT_FREE, (requests + 1) / 2);
    }
}
