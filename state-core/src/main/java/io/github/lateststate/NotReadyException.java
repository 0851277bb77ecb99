package io.github.lateststate;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A state or a resource is not ready. {@link #reason()} says whether waiting longer can help. The message names what
 * the caller was waiting for. The cause is the last error, if there was one.
 */
public final class NotReadyException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * Why something is not ready.
     *
     * @apiNote Later versions may add constants: give a {@code switch} a default.
     */
    public enum Reason {
        /** The timeout passed. Waiting longer may help. */
        TIMEOUT,

        /** The waiting thread was interrupted. Its interrupt flag stays set. */
        INTERRUPTED,

        /** The subscription has failed, and no retry can help. The message says what to fix. */
        FAILED,

        /** The state, or the resource, was closed. */
        CLOSED
    }

    /** Why it is not ready. */
    private final Reason reason;

    /**
     * For the library, and for your own tests.
     *
     * @param reason why it is not ready
     * @param message what the caller was waiting for
     * @param cause the last error; null if there was none
     */
    public NotReadyException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Why it is not ready.
     *
     * @return whether the timeout passed, the thread was interrupted, or it will never be ready
     */
    public Reason reason() {
        return reason;
    }
}
