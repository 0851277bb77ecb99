package io.github.lateststate;

import org.jspecify.annotations.Nullable;

/**
 * The look-back has not ended in time, or never will: the time is over, the subscription failed or was closed, or the waiting
 * thread was interrupted. The message names what was being waited for; the cause is the last error, if there was one.
 */
public final class NotReadyException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NotReadyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
