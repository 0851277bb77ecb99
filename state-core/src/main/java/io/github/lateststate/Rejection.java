package io.github.lateststate;

/**
 * A record that could not be decoded, or not even read. The state did not change.
 *
 * @param origin where the record stands
 * @param cause what the decoder threw, or an {@link IllegalStateException} if it returned null, or what the subscriber found
 *     damaged
 */
public record Rejection(Origin origin, Throwable cause) {

    /** Where, and why, on one line that is fit to be shown: bounded and escaped. */
    @Override
    public String toString() {
        return "record at " + origin + ": " + PlainText.of(cause);
    }
}
