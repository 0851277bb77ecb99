package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.NotReadyException.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwaitReadyTest {

    private static final Duration LONG = Duration.ofDays(365_000);

    private final LogCapture log = new LogCapture();
    private final ManualSubscriber broker = new ManualSubscriber();
    private final LatestState<String> state = broker.state().open();

    @AfterEach
    void release() {
        state.close();
        log.close();
    }

    @Test
    void awaitReadyReturnsAtOnceIfTheLookBackHasEnded() {
        broker.caughtUp();
        state.awaitReady(Duration.ZERO);
        state.awaitReady(Duration.ofSeconds(-1));
        state.awaitReady(LONG);
    }

    @Test
    void awaitReadyReturnsWhenTheLookBackEndsEvenOnAnEmptyStream() {
        CompletableFuture<Void> waiting = startWaiting();
        broker.caughtUp();
        waiting.join();
    }

    @Test
    void awaitReadyReturnsDuringAnOutageIfTheLookBackHadEnded() {
        broker.caughtUp();
        broker.sink().interrupted(new Exception("away"));
        state.awaitReady(Duration.ZERO);
    }

    @Test
    void awaitReadyReturnsAfterACloseIfTheLookBackHadEnded() {
        broker.caughtUp();
        state.close();
        state.awaitReady(LONG);
    }

    @Test
    void aFailedStateIsNotReadyEvenIfTheLookBackHadEnded() {
        broker.caughtUp();
        broker.sink().failed(new Exception("bad setting"));
        assertThat(state.status().ready()).isFalse();
        assertThatThrownBy(() -> state.awaitReady(LONG))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContainingAll("FAILED", "bad setting");
    }

    @Test
    void theTimeoutMessageNamesPhaseProgressAndLastError() {
        Exception away = new Exception("nobody at port 9092");
        broker.sink().interrupted(away);
        assertThatThrownBy(() -> state.awaitReady(Duration.ofMillis(1)))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContainingAll(
                        "'models'", "PT0.001S", "INTERRUPTED", ManualSubscriber.PROGRESS, "nobody at port 9092")
                .hasCause(away);
    }

    @Test
    void withoutAnErrorTheMessageNamesNone() {
        assertThatThrownBy(() -> state.awaitReady(Duration.ZERO))
                .hasMessageContaining("STARTING")
                .hasMessageNotContaining("error")
                .hasNoCause();
    }

    @Test
    void aFailureEndsTheWaitWithItsReason() {
        CompletableFuture<Void> waiting = startWaiting();
        Exception cause = new Exception("bad setting: fix it");
        broker.sink().failed(cause);
        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOf(NotReadyException.class)
                .hasMessageContainingAll("FAILED", "bad setting: fix it")
                .hasCause(cause);
    }

    @Test
    void closeEndsTheWait() {
        CompletableFuture<Void> waiting = startWaiting();
        state.close();
        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("CLOSED");
    }

    @Test
    void aLookBackThatEndsAfterACloseMakesNothingReady() {
        state.close();
        broker.caughtUp();
        assertThat(state.status().ready()).isFalse();
        assertThat(reasonWithin(LONG)).isEqualTo(Reason.CLOSED);
        assertThat(reasonOf(state.ready().toCompletableFuture())).isEqualTo(Reason.CLOSED);
    }

    @Test
    void anInterruptEndsTheWaitAndTheFlagStaysSet() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> state.awaitReady(LONG))
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining("Interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptedThreadReturnsIfTheLookBackHasEnded() {
        broker.caughtUp();
        Thread.currentThread().interrupt();
        state.awaitReady(LONG);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void theReasonSaysWhyItIsNotReady() {
        assertThat(reasonWithin(Duration.ZERO)).isEqualTo(Reason.TIMEOUT);
        Thread.currentThread().interrupt();
        assertThat(reasonWithin(LONG)).isEqualTo(Reason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        broker.sink().failed(new Exception("bad setting"));
        assertThat(reasonWithin(LONG)).isEqualTo(Reason.FAILED);
        state.close();
        assertThat(reasonWithin(LONG)).isEqualTo(Reason.CLOSED);
    }

    @Test
    void noThreadIsUsedForAStageThatNobodyAskedFor() {
        Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
        ManualSubscriber another = new ManualSubscriber();
        try (LatestState<String> unasked = another.state().executor(tasks::add).open()) {
            another.caughtUp();
            unasked.awaitReady(Duration.ofSeconds(10));
        }
        assertThat(tasks).isEmpty();
    }

    @Test
    void theStageCompletesWithTheStateWhenTheLookBackHasEnded() {
        CompletableFuture<LatestState<String>> ready = state.ready().toCompletableFuture();
        assertThat(ready).isNotDone();
        broker.caughtUp();
        assertThat(ready).succeedsWithin(Duration.ofSeconds(10)).isSameAs(state);
        state.close();
        assertThat(state.ready().toCompletableFuture()).isCompletedWithValue(state);
    }

    @Test
    void theStageCompletesWithTheReasonIfTheSubscriptionFails() {
        CompletableFuture<LatestState<String>> ready = state.ready().toCompletableFuture();
        broker.sink().failed(new Exception("bad setting"));
        assertThat(reasonOf(ready)).isEqualTo(Reason.FAILED);
    }

    @Test
    void theStageCompletesWithTheReasonIfTheStateIsClosed() {
        CompletableFuture<LatestState<String>> ready = state.ready().toCompletableFuture();
        state.close();
        assertThat(reasonOf(ready)).isEqualTo(Reason.CLOSED);
    }

    @Test
    void aCallerCannotCompleteTheStageOfOthers() {
        state.ready().toCompletableFuture().cancel(true);
        broker.caughtUp();
        assertThat(state.ready().toCompletableFuture()).succeedsWithin(Duration.ofSeconds(10));
    }

    private Reason reasonWithin(Duration timeout) {
        return catchThrowableOfType(NotReadyException.class, () -> state.awaitReady(timeout))
                .reason();
    }

    private static Reason reasonOf(CompletableFuture<?> ready) {
        await().until(ready::isDone);
        CompletionException thrown = catchThrowableOfType(CompletionException.class, ready::join);
        return ((NotReadyException) Objects.requireNonNull(thrown.getCause())).reason();
    }

    /** Returns when the other thread waits. */
    private CompletableFuture<Void> startWaiting() {
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                state.awaitReady(LONG);
                waiting.complete(null);
            } catch (RuntimeException e) {
                waiting.completeExceptionally(e);
            }
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return waiting.orTimeout(10, TimeUnit.SECONDS);
    }
}
