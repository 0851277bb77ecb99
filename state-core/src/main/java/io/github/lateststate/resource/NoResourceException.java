package io.github.lateststate.resource;

import org.jspecify.annotations.Nullable;

/**
 * There is no resource to lease. The message gives the reason: there is no state, the first load is running or failed,
 * or the {@link LatestResource} was closed. If the first load failed, the cause is its failure.
 */
public final class NoResourceException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NoResourceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
