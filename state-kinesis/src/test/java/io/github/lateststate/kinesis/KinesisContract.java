package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import io.github.lateststate.testing.SubscriberContractTest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The contract of every subscriber, on an emulator of Kinesis. */
@Isolated // it checks the threads that are left
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

    /** Whether the emulator also knows streams by their ARNs. */
    boolean knowsArns() {
        return true;
    }

    @Test
    void aStreamIsFollowedByItsArn() {
        assumeTrue(knowsArns(), "this emulator knows streams by their names only");
        String stream = streams().stream(1);
        streams().publish(stream, "one");
        RecordingSink sink = new RecordingSink(payload -> true);
        Subscription subscription = subscriber().subscribe(settings(streams().arn(stream)), sink);
        sink.watch(subscription);
        try {
            awaitThat(sink::isCaughtUp);
            streams().publish(stream, "two");
            awaitThat(() -> sink.accepted().equals(List.of("one", "two")));
        } finally {
            subscription.close();
        }
        assertThat(sink.breaches()).isEmpty();
    }

    private SubscriptionSettings settings(String stream) {
        return streams().settings(stream).with("state.fan.out", fanOut());
    }
}
