package io.github.lateststate.spi;

/**
 * Thrown by {@link StateSink#offer} if the decoder cannot decode a record now, for a reason that passes. The record is neither
 * accepted nor rejected. The subscriber treats this as an outage: it keeps its position before the record, reports this exception to
 * {@link StateSink#interrupted}, and after a pause looks back again to there.
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
