package io.github.lateststate.resource;

import org.jspecify.annotations.Nullable;

/**
 * There is no resource to lease; the message says why: there is no state, the first load is running or failed, or the
 * {@link LatestResource} was closed. The cause is what the first load failed with, if it did.
 */
public final class NoResourceException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NoResourceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
