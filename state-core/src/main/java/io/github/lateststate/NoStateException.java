package io.github.lateststate;

/** There is no value to return; the message says why: not looked up yet, an empty stream, a tombstone, or a failure. */
public final class NoStateException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NoStateException(String message) {
        super(message);
    }
}
