package io.github.lateststate.engine;

import java.time.Duration;
import java.time.Instant;

/**
 * Runs the steps of one subscription, one after the other, and is its clock. What one step writes, the next one sees, so the parts of a
 * subscription need no locks. Tests give a loop whose clock they own.
 */
public interface Loop {

    /** A task that is due later. */
    @FunctionalInterface
    interface Timer {

        /** Makes sure that the task does not begin any more; to be called on the loop. */
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
     * Runs a task soon, after those that were given before. Does not block; safe for use by any thread.
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
