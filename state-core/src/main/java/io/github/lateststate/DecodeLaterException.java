package io.github.lateststate;

/**
 * A {@link Decoder} throws this if it cannot decode a record now but may be able to later. An example is a schema
 * registry that does not answer.
 * The record is not rejected. The state becomes {@link Phase#INTERRUPTED} and keeps its value. The record is decoded
 * again after a pause of up to five seconds. A newer record takes its place.
 */
public final class DecodeLaterException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Gives the reason.
     *
     * @param message what is missing, and what to do if it stays missing
     */
    public DecodeLaterException(String message) {
        super(message);
    }

    /**
     * Gives the reason and its cause.
     *
     * @param message what is missing, and what to do if it stays missing
     * @param cause the failure behind it
     */
    public DecodeLaterException(String message, Throwable cause) {
        super(message, cause);
    }
}
