package io.github.lateststate.kinesis;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/**
 * Room for subscriptions to shards. Each subscription holds one of the concurrent requests of its client for five
 * minutes. If you pass a client, the metrics of a call report how many it allows; some of them are kept free for all
 * other calls. Everything that uses the client shares its room. Thread-safe.
 */
final class FanOutRoom implements MetricPublisher {

    private static final int KEPT_FREE = 10;

    /** The default of the SDK's own HTTP clients, for a client that does not report its limit. */
    private static final int USUAL = 50;

    private static final int UNLIMITED = Integer.MAX_VALUE;

    private final AtomicInteger taken = new AtomicInteger();
    private volatile int most;

    private FanOutRoom(int most) {
        this.most = most;
    }

    /** Room on a client without other calls and without a limit. */
    static FanOutRoom unlimited() {
        return new FanOutRoom(UNLIMITED);
    }

    /** Room on a client that the caller passed. */
    static FanOutRoom ofClient() {
        return new FanOutRoom(most(USUAL));
    }

    /** Takes room for one subscription, if there is some. If it succeeds, call {@link #giveBack} later. */
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
        // It holds nothing.
    }

    private static int most(int requests) {
        return requests - Math.min(KEPT_FREE, (requests + 1) / 2);
    }
}
