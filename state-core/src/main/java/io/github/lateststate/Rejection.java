package io.github.lateststate;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be read or decoded. The state did not change. Immutable.
 *
 * @apiNote Later versions may add methods.
 */
public final class Rejection {

    private final Origin origin;
    private final Throwable cause;

    Rejection(Origin origin, Throwable cause) {
        this.origin = origin;
        this.cause = cause;
    }

    /**
     * Where the record stands.
     *
     * @return the record
     */
    public Origin origin() {
        return origin;
    }

    /**
     * Why it was rejected.
     *
     * @return what the decoder threw, an {@link IllegalStateException} if it returned null, or the damage that the
     *     subscriber found
     */
    public Throwable cause() {
        return cause;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rejection that && origin.equals(that.origin) && cause.equals(that.cause);
    }

    @Override
    public int hashCode() {
        return Objects.hash(origin, cause);
    }

    /** Where and why, on one line that is safe to show: bounded and escaped. */
    @Override
    public String toString() {
        return "record at " + origin + ": " + PlainText.of(cause);
    }
}
