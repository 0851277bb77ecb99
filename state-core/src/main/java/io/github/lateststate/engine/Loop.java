package io.github.lateststate.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * Runs the steps of one subscription, one after the other, and is its clock. Each step sees what earlier steps wrote,
 * so the parts of a subscription need no locks. Tests use a loop whose clock they control.
 *
 * @apiNote Later versions may add methods that have a default.
 */
public interface Loop {

    /** A task that is due later. */
    @FunctionalInterface
    interface Timer {

        /** Cancels the task, so that it does not begin any more. Call it on the loop. */
        void cancel();
    }

    /**
     * Returns the wall clock's time, for what people see.
     *
     * @return the time
     */
    Instant now();

    /**
     * Returns the monotonic clock's time, for the time between two events.
     *
     * @return nanoseconds since some moment, as {@link System#nanoTime()}
     */
    long nanoTime();

    /**
     * Runs a task soon, after the tasks that were added before. Does not block; safe for use by any thread.
     *
     * @param task what to run; what it throws reaches the loop's crash handler
     */
    void execute(Runnable task);

    /**
     * Runs a task later. Does not block; safe for use by any thread.
     *
     * @param delay how long to wait; zero or less for soon
     * @param task what to run; what it throws reaches the loop's crash handler
     * @return cancels it
     */
    Timer after(Duration delay, Runnable task);
}
