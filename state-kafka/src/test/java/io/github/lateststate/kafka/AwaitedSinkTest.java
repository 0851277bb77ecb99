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
import org.junit.jupiter.api.Test;

class AwaitedSinkTest {

    private static final StateRecord RECORD =
            new StateRecord("0", "1", Instant.EPOCH, null, TestClients.bytes("value"), Map.of());

    private final RecordingSink target = new RecordingSink(value -> true);
    private final AwaitedSink sink = new AwaitedSink(target);

    @Test
    void closeWaitsForACallThatHasBegun() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch release = new CountDownLatch(1);
        target.duringOffer(() -> {
            begun.countDown();
            await().until(() -> release.getCount() == 0);
            over.set(true);
        });
        CompletableFuture<Boolean> call = CompletableFuture.supplyAsync(() -> sink.offer(RECORD));
        await().until(() -> begun.getCount() == 0);
        Thread closing = Thread.currentThread();
        CompletableFuture<Void> released = CompletableFuture.runAsync(() -> {
            await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
            release.countDown();
        });
        sink.await(SharedBroker.PATIENCE);
        assertThat(over).isTrue();
        assertThat(released).succeedsWithin(SharedBroker.PATIENCE);
        assertThat(call).succeedsWithin(SharedBroker.PATIENCE).isEqualTo(true);
    }

    @Test
    void aCallThatClosesDoesNotWaitForItself() {
        target.duringOffer(() -> sink.await(Duration.ofDays(1)));
        assertThat(sink.offer(RECORD)).isTrue();
    }
}
