package io.github.lateststate;

import org.jspecify.annotations.Nullable;

/**
 * No subscriber can be chosen: none or two on the class path have that name, one is broken, or the environment does not
 * name exactly one stream. The message lists the candidates and says what to add or set.
 */
public final class SubscriberNotFoundException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    SubscriberNotFoundException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
