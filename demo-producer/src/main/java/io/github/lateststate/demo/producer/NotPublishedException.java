package io.github.lateststate.demo.producer;

/** A message cannot be sent, or was not acknowledged. The message is one line that says what to do. */
final class NotPublishedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotPublishedException(String message) {
        super(message);
    }

    NotPublishedException(String message, Throwable cause) {
        super(message, cause);
    }
}
