package io.github.lateststate.kinesis;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Fills the reader of one shard. It polls, which always works. After the look-back, if there is a fan-out consumer, it
 * uses a subscription.
 */
final class ShardFeed {

    private final StreamContext context;
    private final ShardReader reader;
    private final ShardIntake intake;
    private final ShardPoller poller;
    private final @Nullable FanOut fanOut;
    private @Nullable ShardSubscription subscription;
    private boolean running;
    private boolean subscribes = true;
    private boolean closing;

    /**
     * Reads nothing yet.
     *
     * @param fanOut null to poll only
     */
    ShardFeed(StreamContext context, ShardReader reader, ShardEvents events, ReadLimit limit, @Nullable FanOut fanOut) {
        this.context = context;
        this.reader = reader;
        this.fanOut = fanOut;
        this.intake = new ShardIntake(context, reader, events);
        this.poller = new ShardPoller(context, reader, intake, events, limit);
        context.contact().expect(reader.shard());
    }

    ShardReader reader() {
        return reader;
    }

    /** Whether there is nothing left to read. */
    boolean isDone() {
        return reader.isDone();
    }

    /** Begins, or continues after any failure. */
    void start(Duration delay) {
        stop();
        running = true;
        poller.start(delay);
        subscribe();
    }

    /** Makes no further call. */
    void stop() {
        running = false;
        stopReading();
    }

    private void stopReading() {
        poller.stop();
        if (subscription != null) {
            subscription.stop();
            subscription = null;
        }
    }

    /** Notes that the consumer to follow with has changed, or that subscriptions with it may be tried again. */
    void consumerChanged() {
        subscribes = true;
        if (subscription != null && fanOut != null && !subscription.isBy(fanOut.arn())) {
            poll();
        }
        subscribe();
    }

    /** Changes to a subscription, if it can and there is room for one. */
    void subscribe() {
        String consumer = fanOut == null ? null : fanOut.arn();
        if (fanOut == null || consumer == null || !running || !subscribes || subscription != null || closing) {
            return;
        }
        if (reader.isLookingBack() || reader.isEnded() || !fanOut.calls().takeRoom()) {
            return;
        }
        poller.stop();
        subscription = new ShardSubscription(
                context, reader, intake, fanOut.calls(), consumer, cause -> givenUp(fanOut, consumer, cause));
        subscription.start();
    }

    /**
     * Notes that the shard is listed as closed. Not every server ends the subscription to such a shard, so the rest is
     * polled.
     */
    void closed() {
        reader.closed();
        if (subscription != null && !reader.isBehind()) {
            closing = true;
            poll();
        }
    }

    private void poll() {
        stopReading();
        poller.start(Duration.ZERO);
    }

    private void givenUp(FanOut by, String consumer, Throwable cause) {
        subscribes = false;
        poll();
        by.suspect(consumer, cause);
    }
}
