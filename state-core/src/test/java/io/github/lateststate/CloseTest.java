package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.testing.InMemorySubscriber;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CloseTest {

    private final ManualSubscriber broker = new ManualSubscriber();

    @Test
    void closeEndsTheSubscription() {
        LatestState<String> state = broker.state().open();
        state.close();
        assertThat(broker.closings).hasValue(1);
        assertThat(state.status().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void aSubscriptionWhoseStateCannotBeOpenedIsClosed() {
        broker.trouble = new OutOfMemoryError("unable to create native thread");
        LatestStateBuilder<String> builder = broker.state();
        assertThatThrownBy(builder::open).isInstanceOf(OutOfMemoryError.class);
        assertThat(broker.closings).hasValue(1);
    }

    @Test
    void closingAgainHasNoEffect() {
        LatestState<String> state = broker.state().open();
        state.close();
        state.close();
        assertThat(state.status().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void aListenerMayClose() {
        LatestState<String> state = broker.state().open();
        broker.caughtUp();
        state.listen(current -> state.close());
        broker.offer(1, "a");
        await().until(() -> broker.closings.get() == 1);
        assertThat(state.status().phase()).isEqualTo(Phase.CLOSED);
        assertThat(broker.offer(2, "b")).isFalse();
        awaitNoListenerThreads();
    }

    @Test
    void theDecoderMayClose() {
        InMemorySubscriber memory = new InMemorySubscriber();
        CompletableFuture<LatestState<String>> self = new CompletableFuture<>();
        Decoder<String> decoder = (payload, origin) -> {
            self.join().close();
            return "decoded while closing";
        };
        self.complete(
                LatestState.builder(decoder).subscriber(memory).stream("models").open());
        memory.push("a");
        memory.push("b");
        assertThat(self.join().value()).isEmpty();
        assertThat(self.join().status().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void severalThreadsMayClose() {
        LatestState<String> state = broker.state().open();
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Void>> closings = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    awaitUninterrupted(go);
                    state.close();
                }))
                .limit(2)
                .toList();
        go.countDown();
        closings.forEach(CompletableFuture::join);
        assertThat(state.status().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void anInterruptedThreadMayCloseAndStaysInterrupted() {
        LatestState<String> state = broker.state().open();
        Thread.currentThread().interrupt();
        state.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(state.status().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void closeDoesNotWaitForARunningListener() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        LatestState<String> state = broker.state().initial("a").open();
        state.listen(current -> {
            running.countDown();
            release.await();
        });
        awaitUninterrupted(running);
        state.close();
        assertThat(state.status().phase()).isEqualTo(Phase.CLOSED);
        release.countDown();
        awaitNoListenerThreads();
    }

    static void awaitNoListenerThreads() {
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("latest-state")));
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
