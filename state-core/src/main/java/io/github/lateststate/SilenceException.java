package io.github.lateststate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reason for an interruption that the library detects by the clock: the broker does not answer, or a decoder does
 * not return.
 */
final class SilenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean ofDecoder;

    private SilenceException(String message, boolean ofDecoder) {
        super(message, null, false, false);
        this.ofDecoder = ofDecoder;
    }

    /** Whether another exception reports the same silence, perhaps at another time. */
    boolean isLike(@Nullable Throwable other) {
        return other instanceof SilenceException silence && silence.ofDecoder == ofDecoder;
    }

    static SilenceException ofBroker(Instant since) {
        return new SilenceException(
                "The last contact with the broker was at " + since
                        + ". Check the connection to the broker; the library keeps retrying.",
                false);
    }

    static SilenceException ofDecoder(Origin record, Instant since) {
        return new SilenceException(
                "The decoder has been decoding the record at " + record + " since " + since
                        + ". Find out what it waits for, for example with a thread dump.",
                true);
    }
}
