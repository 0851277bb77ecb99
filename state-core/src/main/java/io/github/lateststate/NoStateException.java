package io.github.lateststate;

/**
 * There is no value to return. The message gives the reason: the look-back has not ended, the stream is empty, a
 * tombstone won, or the subscription failed.
 */
public final class NoStateException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NoStateException(String message) {
        super(message);
    }
}
