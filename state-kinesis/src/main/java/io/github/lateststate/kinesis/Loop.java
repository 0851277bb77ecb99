package io.github.lateststate.kinesis;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The one thread of a subscription, and its clock: everything that knows a shard runs here, and nothing here waits. */
interface Loop {

    /** Something that was put off. */
    interface Timer {

        /** Makes sure that it is not done, or not again. */
        void cancel();
    }

    Instant now();

    /** The monotonic clock, for the time between two events. */
    long nanoTime();

    /** Does something soon; may be called by any thread. */
    void execute(Runnable task);

    /** Does something later. */
    Timer after(Duration delay, Runnable task);

    /** Goes on with the answer to a call, or with what it failed by. */
    default <T> void then(CompletableFuture<T> call, Consumer<T> answered, Consumer<Throwable> failed) {
        var unused = call.whenComplete((answer, thrown) -> execute(() -> {
            if (thrown == null) {
                answered.accept(answer);
            } else {
                failed.accept(Causes.of(thrown));
            }
        }));
    }
}
