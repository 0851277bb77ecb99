package io.github.lateststate.spi;

/**
 * {@link StateSink#offer} throws this if the decoder cannot decode a record now, for a reason that will pass. The
 * record is neither accepted nor rejected. The subscriber treats this as an outage: it keeps its position before the
 * record, reports this exception to {@link StateSink#interrupted}, and looks back again to that position after a pause.
 */
public final class UndecidedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Reports that a record waits for its decoder.
     *
     * @param message which record, and why; shown to people as it is
     * @param cause what the decoder threw
     */
    public UndecidedException(String message, Throwable cause) {
        super(message, cause);
    }
}
