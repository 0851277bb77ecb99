package io.github.lateststate.demo.producer;

/** A message cannot be sent, or was not acknowledged. The message is one line that says what to do. */
public final class NotPublishedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without a cause. */
    public NotPublishedException(String message) {
        super(message);
    }

    /** With a cause. */
    public NotPublishedException(String message, Throwable cause) {
        super(message, cause);
    }
}
