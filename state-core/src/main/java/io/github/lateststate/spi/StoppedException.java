package io.github.lateststate.spi;

/** Thrown to a thread of a closed subscription, to end what the thread is doing. It never reaches a caller. */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Has no stack trace, because it reports no error. */
    public StoppedException() {
        super("closed", null, false, false);
    }
}
