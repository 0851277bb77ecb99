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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether a state is ready. It is decided once; then waiting threads wake and callbacks run. Thread-safe. */
final class Readiness<T> {

    private final CompletableFuture<@Nullable Void> decided = new CompletableFuture<>();
    private final CompletableFuture<LatestState<T>> stage = new CompletableFuture<>();
    private final Executor executor;
    private final Supplier<@Nullable Reason> reason;
    private volatile boolean asked;

    /**
     * Starts undecided.
     *
     * @param executor runs the callers' functions
     * @param reason why the state is not ready; null if it is
     */
    Readiness(Executor executor, Supplier<@Nullable Reason> reason) {
        this.executor = executor;
        this.reason = reason;
    }

    /** Notes that there is something to serve from, or that there never will be. */
    void decide() {
        decided.complete(null);
    }

    /** The stage. The caller must call {@link #completeStage} afterwards. */
    CompletionStage<LatestState<T>> stage() {
        asked = true;
        return stage.minimalCompletionStage();
    }

    /**
     * Completes the stage if someone asked for it, the outcome is decided and it is not completed yet. Runs on the
     * executor. If the executor refuses and {@code now} is set, it runs here.
     */
    void completeStage(LatestState<T> state, Function<Reason, NotReadyException> why, boolean now) {
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
        Reason against = reason.get();
        if (against == null) {
            stage.complete(state);
        } else {
            stage.completeExceptionally(why.apply(against));
        }
    }

    /** Waits. Returns the reason if it is not ready, or null if it is. */
    @Nullable
    Reason await(Duration timeout) {
        try {
            if (!decided.isDone()) { // get alone would throw in an interrupted thread, though there is nothing left to
                // wait for
                decided.get(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Reason.INTERRUPTED;
        } catch (TimeoutException e) {
            return Reason.TIMEOUT;
        } catch (ExecutionException e) {
            throw new AssertionError(e); // it never completes exceptionally
        }
        return reason.get();
    }
}
