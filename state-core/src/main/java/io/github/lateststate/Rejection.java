package io.github.lateststate;

/**
 * A record that could not be decoded. The state did not change.
 *
 * @param origin where the record stands
 * @param cause what the decoder threw, or an {@link IllegalStateException} if it returned null
 */
public record Rejection(Origin origin, Throwable cause) {

    /** Where, and why. */
    @Override
    public String toString() {
        return "record at " + origin + ": " + cause;
    }
}
