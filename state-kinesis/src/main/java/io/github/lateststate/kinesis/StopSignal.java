package io.github.lateststate.kinesis;

/** Says that somebody closed the subscription. Thread-safe. */
final class StopSignal {

    /** The subscription was closed. */
    static final class StoppedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StoppedException() {
            super("closed", null, false, false);
        }
    }

    private volatile boolean stopped;

    void stop() {
        stopped = true;
    }

    boolean isSet() {
        return stopped;
    }

    void check() {
        if (stopped) {
            throw new StoppedException();
        }
    }
}
