package io.github.lateststate.embedded;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What all connections of a proxy suffer for a while. Thread-safe. */
final class NetworkConditions {

    private boolean heldBack;
    private long delayNanos;

    synchronized void holdBack() {
        heldBack = true;
    }

    synchronized void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    synchronized void clear() {
        heldBack = false;
        delayNanos = 0;
        notifyAll();
    }

    /** Blocks for as long as a piece of data is on its way. */
    synchronized void await() throws InterruptedException {
        long arrival = System.nanoTime() + delayNanos;
        while (heldBack) {
            wait();
        }
        for (long left = arrival - System.nanoTime(); delayNanos > 0 && left > 0; left = arrival - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
