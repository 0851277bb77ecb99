package io.github.lateststate.benchmarks.propagation;

import java.util.concurrent.TimeUnit;

/**
 * When messages, numbered from 0, were first seen. A message that was passed over counts as seen with the next one that
 * was seen, and none may be seen after a newer one. Thread-safe.
 */
final class Sightings {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final long[] nanos;
    private int next;
    private boolean wentBack;

    Sightings(int messages) {
        nanos = new long[messages];
    }

    void saw(int message) {
        long now = System.nanoTime();
        synchronized (this) {
            wentBack |= message < next - 1;
            while (next <= message) {
                nanos[next++] = now;
            }
            notifyAll();
        }
    }

    /** Waits until this message or a later one was seen. */
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
        if (wentBack) {
            throw new IllegalStateException("An older message was seen after a newer one");
        }
    }

    /** Returns the {@link System#nanoTime()} at which a message was seen. It must have been seen. */
    synchronized long of(int message) {
        return nanos[message];
    }
}
