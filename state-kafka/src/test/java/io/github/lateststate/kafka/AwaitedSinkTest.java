package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class AwaitedSinkTest {

    private static final StateRecord RECORD =
            new StateRecord("0", "1", Instant.EPOCH, null, TestClients.bytes("value"), Map.of());

    private final RecordingSink target = new RecordingSink(value -> true);
    private final AwaitedSink sink = new AwaitedSink(target);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void closeWaitsForACallThatHasBegun() {
        target.duringOffer(this::hold);
        closeWaitsFor(() -> sink.offer(RECORD));
    }

    /** The filter is the user's code, too. */
    @Test
    void closeWaitsForAFilterThatHasBegun() {
        target.only(payload -> {
            hold();
            return true;
        });
        closeWaitsFor(() -> sink.wants(RECORD));
    }

    private void hold() {
        begun.countDown();
        await().until(() -> release.getCount() == 0);
        over.set(true);
    }

    private void closeWaitsFor(BooleanSupplier call) {
        CompletableFuture<Boolean> called = CompletableFuture.supplyAsync(call::getAsBoolean);
        await().until(() -> begun.getCount() == 0);
        Thread closing = Thread.currentThread();
        CompletableFuture<Void> released = CompletableFuture.runAsync(() -> {
            await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
            release.countDown();
        });
        sink.await(SharedBroker.PATIENCE);
        assertThat(over).isTrue();
        assertThat(released).succeedsWithin(SharedBroker.PATIENCE);
        assertThat(called).succeedsWithin(SharedBroker.PATIENCE).isEqualTo(true);
    }

    @Test
    void aCallThatClosesDoesNotWaitForItself() {
        target.duringOffer(() -> sink.await(Duration.ofDays(1)));
        assertThat(sink.offer(RECORD)).isTrue();
    }
}
