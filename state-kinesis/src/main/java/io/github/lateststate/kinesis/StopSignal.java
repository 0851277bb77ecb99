package io.github.lateststate.kinesis;

import java.util.concurrent.atomic.AtomicBoolean;

/** Says that somebody closed the subscription. Thread-safe. */
final class StopSignal {

    /** The subscription was closed. */
    static final class StoppedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("closed", null, false, false);
        }
    }

    private final AtomicBoolean stopped = new AtomicBoolean();

    /** Sets it; returns whether it was not set before. */
    boolean stop() {
        return stopped.compareAndSet(false, true);
    }

    boolean isSet() {
        return stopped.get();
    }

    void check() {
        if (isSet()) {
            throw new StoppedException();
        }
    }
}
