package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Follows streams for one test. Afterwards it closes what it opened and asserts that no rule of the SPI was broken. */
final class Followers implements AfterEachCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration CLOSE_PROMISE = Duration.ofSeconds(5);
    private static final Duration OUTAGE_PROMISE = Duration.ofSeconds(15);

    private final Map<RecordingSink, Subscription> open = new LinkedHashMap<>();

    RecordingSink follow(SubscriptionSettings settings, Predicate<String> acceptable) {
        return follow(new KinesisSubscriber(), settings, acceptable);
    }

    RecordingSink follow(KinesisSubscriber subscriber, SubscriptionSettings settings, Predicate<String> acceptable) {
        RecordingSink sink = new RecordingSink(acceptable);
        Subscription subscription = subscriber.subscribe(settings, sink);
        sink.watch(subscription);
        open.put(sink, subscription);
        return sink;
    }

    RecordingSink follow(SubscriptionSettings settings) {
        return follow(settings, payload -> true);
    }

    RecordingSink followUntilCaughtUp(SubscriptionSettings settings) {
        RecordingSink sink = follow(settings);
        awaitThat(sink::isCaughtUp);
        return sink;
    }

    Subscription subscriptionOf(RecordingSink sink) {
        Subscription subscription = open.get(sink);
        if (subscription == null) {
            throw new IllegalArgumentException("not followed here");
        }
        return subscription;
    }

    /** Closes, and checks the promised time. */
    void closeInTime(RecordingSink sink) {
        assertTimeoutPreemptively(CLOSE_PROMISE, subscriptionOf(sink)::close);
        sink.closed();
    }

    static void awaitThat(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(condition);
    }

    static void awaitInterruption(RecordingSink sink) {
        await().atMost(OUTAGE_PROMISE)
                .until(() -> !sink.isInContact() && !sink.interruptions().isEmpty());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.values().forEach(Subscription::close);
        assertThat(open.keySet()).flatExtracting(RecordingSink::breaches).isEmpty();
    }
}
