package io.github.lateststate.reliability;

import io.github.lateststate.DecodeLaterException;
import io.github.lateststate.Decoder;
import io.github.lateststate.Origin;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Decodes at once, after a delay, or not now. Thread-safe. */
final class TroubledDecoder implements Decoder<Shown> {

    private long delayNanos;
    private boolean later;

    /** Makes each record take this long from now on, until {@link #quick}. */
    synchronized void slow(Duration delay) {
        delayNanos = delay.toNanos();
    }

    /** Makes decoding impossible from now on, as if a schema registry were away, until {@link #quick}. */
    synchronized void later() {
        later = true;
    }

    /** Ends both, also for the record that is being decoded. */
    synchronized void quick() {
        later = false;
        delayNanos = 0;
        notifyAll();
    }

    @Override
    public Shown decode(byte[] payload, Origin origin) throws InterruptedException, DecodeLaterException {
        delay();
        if (isLater()) {
            throw new DecodeLaterException("The registry of this run is away");
        }
        return Payload.decode(payload, origin);
    }

    private synchronized boolean isLater() {
        return later;
    }

    private synchronized void delay() throws InterruptedException {
        long end = System.nanoTime() + delayNanos;
        while (delayNanos > 0) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }
}
