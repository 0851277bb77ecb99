package io.github.lateststate.spi;

/** Thrown to a thread of a subscription when that is closed, to end what the thread is doing. Never reaches a caller. */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes one without a stack trace: it tells of no error. */
    public StoppedException() {
        super("closed", null, false, false);
    }
}
