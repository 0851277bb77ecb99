package io.github.lateststate.demo.web;

/** The program was not started. The message is one line that says what to do. */
public final class CannotStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without a cause. */
    public CannotStartException(String message) {
        super(message);
    }

    /** With a cause. */
    public CannotStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
