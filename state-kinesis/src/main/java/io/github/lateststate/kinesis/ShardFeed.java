package io.github.lateststate.kinesis;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fills the reader of one shard: by polling, which always works, or, once the look-back is over and there is a fan-out
 * consumer, by a subscription.
 */
final class ShardFeed {

    private final ShardReader reader;
    private final ShardPoller poller;
    private final ShardIntake intake;
    private final @Nullable ConsumerCalls calls;
    private final Loop loop;
    private final Contact contact;
    private final KinesisSettings settings;
    private final BiConsumer<String, Throwable> consumerDoubted;
    private final DoubleSupplier random;
    private @Nullable String consumerArn;
    private @Nullable ShardSubscription subscription;
    private boolean closing;

    ShardFeed(
            ShardReader reader,
            StreamCalls streamCalls,
            @Nullable ConsumerCalls consumerCalls,
            Loop loop,
            Contact contact,
            KinesisSettings settings,
            ShardEvents events,
            @Nullable String consumerArn,
            BiConsumer<String, Throwable> consumerDoubted,
            ReadLimit limit,
            DoubleSupplier random) {
        this.reader = reader;
        this.calls = consumerCalls;
        this.loop = loop;
        this.contact = contact;
        this.settings = settings;
        this.consumerArn = consumerArn;
        this.consumerDoubted = consumerDoubted;
        this.random = random;
        this.intake = new ShardIntake(reader, loop, contact, events);
        this.poller = new ShardPoller(reader, streamCalls, loop, contact, settings, events, intake, limit, random);
        contact.expect(reader.shard());
    }

    ShardReader reader() {
        return reader;
    }

    /** Whether there is nothing left to read. */
    boolean isDone() {
        return reader.isDone();
    }

    /** Begins, or goes on after whatever went wrong. */
    void start(Duration delay) {
        stop();
        poller.start(delay);
        subscribe();
    }

    /** Makes no further call. */
    void stop() {
        poller.stop();
        if (subscription != null) {
            subscription.stop();
            subscription = null;
        }
    }

    /** Says by which consumer to follow; null for none. */
    void consumer(@Nullable String arn) {
        consumerArn = arn;
        if (subscription != null && !subscription.isBy(arn)) {
            poll();
        }
        subscribe();
    }

    /** Changes over to a subscription, if it can and there is room for one. */
    void subscribe() {
        if (calls == null || consumerArn == null || subscription != null || closing) {
            return;
        }
        if (reader.isLookingBack() || reader.isEnded() || !calls.takeRoom()) {
            return;
        }
        poller.stop();
        String arn = consumerArn;
        subscription = new ShardSubscription(
                reader, arn, calls, loop, contact, settings, intake, cause -> givenUp(arn, cause), random);
        subscription.start();
    }

    /**
     * Says that the shard is listed as closed. Not every server ends the subscription to such a shard; so what may be left of
     * it is read by polling.
     */
    void closed() {
        reader.closed();
        if (subscription != null && !reader.isBehind()) {
            closing = true;
            poll();
        }
    }

    private void poll() {
        stop();
        poller.start(Duration.ZERO);
    }

    private void givenUp(String arn, Throwable cause) {
        consumerArn = null;
        poll();
        consumerDoubted.accept(arn, cause);
    }
}
