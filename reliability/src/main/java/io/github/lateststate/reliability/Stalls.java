package io.github.lateststate.reliability;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long this machine keeps threads from running. Deadlines are extended by that time, so a busy machine
 * does not look like a broken promise.
 */
final class Stalls implements AutoCloseable {

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Thread thread = new Thread(this::measure, "stalls");
    private volatile long total;
    private volatile long recent;

    static Stalls start() {
        Stalls stalls = new Stalls();
        stalls.thread.setDaemon(true);
        stalls.thread.start();
        return stalls;
    }

    /** All stalls so far. */
    Duration total() {
        return Duration.ofNanos(total);
    }

    /** The stalls of the last 20 s, and perhaps of 20 s more. */
    Duration recent() {
        return Duration.ofNanos(recent);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void measure() {
        long sum = 0;
        long windowBegan = System.nanoTime();
        long atWindow = 0;
        long atWindowBefore = 0;
        try {
            while (true) {
                long before = System.nanoTime();
                TimeUnit.NANOSECONDS.sleep(STEP_NANOS);
                long late = System.nanoTime() - before - STEP_NANOS;
                if (late > STEP_NANOS) {
                    sum += late;
                    total = sum;
                }
                if (before - windowBegan > WINDOW_NANOS) {
                    windowBegan = before;
                    atWindowBefore = atWindow;
                    atWindow = sum;
                }
                recent = sum - atWindowBefore;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
