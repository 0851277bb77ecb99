package io.github.lateststate;

import java.util.stream.Collectors;

/**
 * A record that could not be decoded. The state did not change.
 *
 * @param origin where the record stands
 * @param cause what the decoder threw, or an {@link IllegalStateException} if it returned null
 */
public record Rejection(Origin origin, Throwable cause) {

    /** Where, and why, on one line. */
    @Override
    public String toString() {
        return "record at " + origin + ": "
                + cause.toString().lines().map(String::strip).collect(Collectors.joining(" "));
    }
}
