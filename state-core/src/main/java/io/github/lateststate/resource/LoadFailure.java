package io.github.lateststate.resource;

import io.github.lateststate.Current;
import io.github.lateststate.spi.PlainText;
import java.time.Instant;

/**
 * A load that failed. The resource in service did not change.
 *
 * @param current the state that was to be loaded
 * @param cause what the loader or the validator threw, or an {@link IllegalStateException} if the loader returned null
 * @param at when it failed
 */
public record LoadFailure(Current<?> current, Throwable cause, Instant at) {

    /** Which one, and why, on one line that is fit to be shown: bounded and escaped; never the value. */
    @Override
    public String toString() {
        return "load for " + recordOf(current) + ": " + PlainText.of(cause);
    }

    static String recordOf(Current<?> current) {
        return current.origin().map(origin -> "the record at " + origin).orElse("the initial value");
    }
}
