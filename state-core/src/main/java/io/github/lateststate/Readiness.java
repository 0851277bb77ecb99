package io.github.lateststate;

import io.github.lateststate.NotReadyException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether a state is ready: decided once, then told to those that wait and to those that want to be called. Thread-safe. */
final class Readiness<T> {

    private final CompletableFuture<@Nullable Void> decided = new CompletableFuture<>();
    private final CompletableFuture<LatestState<T>> stage = new CompletableFuture<>();
    private final Executor executor;
    private volatile boolean asked;

    /** With an executor on which the callers' functions run. */
    Readiness(Executor executor) {
        this.executor = executor;
    }

    /** There is something to serve from, or there never will be. */
    void decide() {
        decided.complete(null);
    }

    /** The stage; {@link #tell} has to follow. */
    CompletionStage<LatestState<T>> stage() {
        asked = true;
        return stage.minimalCompletionStage();
    }

    /** Completes the stage, if anyone has asked for it, and it is decided and not done yet. On the executor, or here if that refuses and {@code now} says so. */
    void tell(LatestState<T> state, Function<Reason, NotReadyException> why, boolean now) {
        if (!asked || !decided.isDone() || stage.isDone()) {
            return;
        }
        Runnable completion = () -> complete(state, why);
        try {
            executor.execute(completion);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            if (now) {
                completion.run();
            }
        }
    }

    private void complete(LatestState<T> state, Function<Reason, NotReadyException> why) {
        Reason reason = reasonAgainst(state.status());
        if (reason == null) {
            stage.complete(state);
        } else {
            stage.completeExceptionally(why.apply(reason));
        }
    }

    /** Waits. Returns why it is not ready, or null if it is. */
    @Nullable
    Reason await(LatestState<T> state, Duration timeout) {
        try {
            if (!decided
                    .isDone()) { // get alone would throw in an interrupted thread, though there is nothing left to wait
                // for
                decided.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reason.INTERRUPTED;
        } catch (TimeoutException e) {
            return Reason.TIMEOUT;
        } catch (ExecutionException e) {
            throw new AssertionError(e); // it is never completed so
        }
        return reasonAgainst(state.status());
    }

    private static @Nullable Reason reasonAgainst(Status status) {
        if (status.ready()) {
            return null;
        }
        return status.phase() == Phase.CLOSED ? Reason.CLOSED : Reason.FAILED;
    }
}
