package io.github.lateststate.benchmarks.propagation;

import java.util.concurrent.TimeUnit;

/**
 * When messages, numbered from 0, were first seen: a message that was passed over counts as seen with the next that was. Thread-safe.
 */
final class Sightings {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final long[] nanos;
    private int next;

    Sightings(int messages) {
        nanos = new long[messages];
    }

    void saw(int message) {
        long now = System.nanoTime();
        synchronized (this) {
            while (next <= message) {
                nanos[next++] = now;
            }
            notifyAll();
        }
    }

    /** Waits until this message was seen, or one that came after it. */
    synchronized void await(int message) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE;
        while (next <= message) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new IllegalStateException(
                        "Message " + message + " was never seen; the last one was " + (next - 1));
            }
            wait(left);
        }
    }

    /** Returns the {@link System#nanoTime()} at which a message was seen that has been. */
    synchronized long of(int message) {
        return nanos[message];
    }
}
