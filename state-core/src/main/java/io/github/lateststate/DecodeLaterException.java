package io.github.lateststate;

/**
 * Thrown by a {@link Decoder} that cannot decode a record now but may later, for example while a schema registry does not answer.
 * The record is not rejected. The state is {@link Phase#INTERRUPTED} and keeps its value, the record is decoded again after a pause
 * of up to five seconds, and a newer record takes its place.
 */
public final class DecodeLaterException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Gives the reason.
     *
     * @param message what is missing, and what to do if it stays away
     */
    public DecodeLaterException(String message) {
        super(message);
    }

    /**
     * Gives the reason and what caused it.
     *
     * @param message what is missing, and what to do if it stays away
     * @param cause the failure behind it
     */
    public DecodeLaterException(String message, Throwable cause) {
        super(message, cause);
    }
}
