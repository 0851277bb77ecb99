package io.github.lateststate.demo.web;

/** The program was not started. The message is one line that says what to do. */
public final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Because of what the message says. */
    public CannotStartException(String message) {
        super(message);
    }

    /** Because of the cause. */
    public CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
