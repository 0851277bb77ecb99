package io.github.lateststate.demo.producer;

/** A message cannot be sent, or was not acknowledged. The message is one line that says what to do. */
public final class NotPublishedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Because of what the message says. */
    public NotPublishedException(String message) {
        super(message);
    }

    /** Because of the cause. */
    public NotPublishedException(String message, Throwable cause) {
        super(message, cause);
    }
}
