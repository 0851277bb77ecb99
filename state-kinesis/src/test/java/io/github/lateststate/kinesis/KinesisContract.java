package io.github.lateststate.kinesis;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.SubscriberContractTest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.parallel.Isolated;

/** The contract of every subscriber, on an emulator of Kinesis. */
@Isolated // it looks at the threads that are left
abstract class KinesisContract extends SubscriberContractTest {

    /** The emulator's streams. */
    abstract TestStreams streams();

    /** {@code polling} or {@code enhanced}. */
    abstract String fanOut();

    @Override
    protected LatestStateSubscriber subscriber() {
        return new KinesisSubscriber();
    }

    @Override
    protected SubscriptionSettings emptyStream() {
        return settings(streams().stream(1));
    }

    @Override
    protected Optional<SubscriptionSettings> missingStream() {
        return Optional.of(settings(TestStreams.newName()));
    }

    @Override
    protected void createStream(SubscriptionSettings missing) {
        streams().create(missing.stream(), 1);
    }

    @Override
    protected void publish(SubscriptionSettings stream, byte @Nullable [] payload) {
        if (payload == null) {
            throw new IllegalArgumentException("Kinesis has no tombstones");
        }
        streams().publish(stream.stream(), payload);
    }

    @Override
    protected boolean publishUnreadable(SubscriptionSettings stream) {
        streams().publish(stream.stream(), KplAggregate.damaged("x"));
        return true;
    }

    @Override
    protected boolean supportsTombstones() {
        return false;
    }

    @Override
    protected boolean isOurThread(Thread thread) {
        return TestStreams.isOfSubscription(thread);
    }

    private SubscriptionSettings settings(String stream) {
        return streams().settings(stream).with("state.fan.out", fanOut());
    }
}
