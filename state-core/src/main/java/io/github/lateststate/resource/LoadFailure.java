package io.github.lateststate.resource;

import io.github.lateststate.Current;
import io.github.lateststate.PlainText;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A load that failed. The resource in service did not change. Immutable.
 *
 * @param <T> the type of the state's value
 * @apiNote Later versions may add methods.
 */
public final class LoadFailure<T> {

    private final Current<T> current;
    private final Throwable cause;
    private final Instant at;

    LoadFailure(Current<T> current, Throwable cause, Instant at) {
        this.current = current;
        this.cause = cause;
        this.at = at;
    }

    /**
     * The state whose resource was to be loaded.
     *
     * @return the state
     */
    public Current<T> current() {
        return current;
    }

    /**
     * Why it failed.
     *
     * @return what the loader or the validator threw, or an {@link IllegalStateException} if the loader returned null
     */
    public Throwable cause() {
        return cause;
    }

    /**
     * When it failed.
     *
     * @return the time, by the wall clock
     */
    public Instant at() {
        return at;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LoadFailure<?> that
                && current.equals(that.current)
                && cause.equals(that.cause)
                && at.equals(that.at);
    }

    @Override
    public int hashCode() {
        return Objects.hash(current, cause, at);
    }

    /** Which state and why, on one line that is safe to show: bounded and escaped; never the value. */
    @Override
    public String toString() {
        return "load for " + recordOf(current) + " failed: " + PlainText.of(cause);
    }

    static String recordOf(Current<?> current) {
        return current.origin().map(origin -> "the record at " + origin).orElse("the initial value");
    }
}
