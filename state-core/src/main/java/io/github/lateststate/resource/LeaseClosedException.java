package io.github.lateststate.resource;

/** A lease was used after it had been closed. The resource may be disposed of; take another lease. */
public final class LeaseClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    LeaseClosedException(String message) {
        super(message);
    }
}
