package io.github.lateststate.engine;

import java.time.Duration;

/** Waits that an interrupt does not end, for a close that must not return early. */
public final class Waits {

    private Waits() {}

    /** Something to wait for. */
    @FunctionalInterface
    public interface Wait {

        /**
         * Waits.
         *
         * @param nanos how long at most; zero or less does not wait
         * @throws InterruptedException if the thread is interrupted meanwhile
         */
        void upTo(long nanos) throws InterruptedException;
    }

    /**
     * Waits until it is over. If the thread is interrupted meanwhile, its interrupt flag is set afterwards.
     *
     * @param most how long at most
     * @param wait what to wait for
     */
    public static void uninterrupted(Duration most, Wait wait) {
        long deadline = System.nanoTime() + most.toNanos();
        boolean interrupted = false;
        boolean over = false;
        while (!over) {
            try {
                wait.upTo(deadline - System.nanoTime());
                over = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
