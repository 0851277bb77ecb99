package io.github.lateststate;

import org.jspecify.annotations.Nullable;

/**
 * No subscriber can be chosen: none of that name is on the class path, two are, one is broken, or the environment names no
 * stream. The message names the candidates and what to add or set.
 */
public final class SubscriberNotFoundException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    SubscriberNotFoundException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
