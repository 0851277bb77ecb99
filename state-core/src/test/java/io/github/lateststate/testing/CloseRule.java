package io.github.lateststate.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.lateststate.spi.SubscriptionSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rule 6: close returns within 5 s; then there are no calls and no threads. */
abstract class CloseRule {

    private final SubscriberContract contract;

    CloseRule(SubscriberContract contract) {
        this.contract = contract;
    }

    @Test
    void closeReturnsInTimeRightAfterSubscribing() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 50);
        RecordingSink sink = contract.follow(stream, payload -> false);
        contract.assertClosed(sink, stream);
    }

    @Test
    void closeReturnsInTimeWhileLive() {
        SubscriptionSettings stream = contract.emptyStream();
        RecordingSink sink = contract.followUntilCaughtUp(stream, payload -> true);
        contract.assertClosed(sink, stream);
    }

    @Test
    void closeReturnsInTimeWhileTheStreamIsMissing() {
        SubscriptionSettings missing = contract.aMissingStream();
        RecordingSink sink = contract.follow(missing, payload -> true);
        SubscriberContract.awaitInterruption(sink);
        contract.assertClosed(sink);
    }

    @Test
    void closeReturnsInTimeBeforeTheBrokerWasEverReached() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.brokerLeaves();
        contract.assertClosed(contract.follow(stream, payload -> true));
    }

    @Test
    void closeReturnsInTimeDuringAnOutage() {
        SubscriptionSettings stream = contract.emptyStream();
        RecordingSink sink = contract.followUntilCaughtUp(stream, payload -> true);
        contract.awaitThat(sink::isInContact);
        contract.brokerLeaves();
        SubscriberContract.awaitInterruption(sink);
        contract.assertClosed(sink);
    }

    @Test
    void closeFromWithinACallToTheSinkReturnsInTimeAndIsTheLastCall() throws Exception {
        SubscriptionSettings stream = contract.emptyStream();
        RecordingSink sink = contract.followUntilCaughtUp(stream, payload -> false);
        CompletableFuture<Duration> took = new CompletableFuture<>();
        sink.duringOffer(() -> {
            long begin = System.nanoTime();
            contract.subscriptionOf(sink).close();
            sink.closed();
            took.complete(Duration.ofNanos(System.nanoTime() - begin));
        });
        contract.publish(stream, 1, 3);
        assertThat(took.get(contract.patience().toSeconds(), TimeUnit.SECONDS))
                .isLessThan(SubscriberContract.CLOSE_PROMISE);
        contract.assertClosed(sink, stream);
    }

    @Test
    void anInterruptDoesNotStopCloseAndTheFlagStaysSet() {
        RecordingSink sink = contract.followUntilCaughtUp(contract.emptyStream(), payload -> true);
        boolean kept = assertTimeoutPreemptively(SubscriberContract.CLOSE_PROMISE, () -> {
            Thread.currentThread().interrupt();
            contract.subscriptionOf(sink).close();
            return Thread.interrupted();
        });
        assertThat(kept).as("interrupt flag after close").isTrue();
        contract.assertClosed(sink);
    }

    @Test
    void severalThreadsMayCloseAtOnce() throws ExecutionException, InterruptedException {
        RecordingSink sink = contract.followUntilCaughtUp(contract.emptyStream(), payload -> true);
        List<CompletableFuture<Void>> closings = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> contract.close(contract.subscriptionOf(sink))))
                .toList();
        for (CompletableFuture<Void> closing : closings) {
            closing.get();
        }
        contract.assertClosed(sink);
    }
}
