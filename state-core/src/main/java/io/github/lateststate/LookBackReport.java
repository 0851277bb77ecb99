package io.github.lateststate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The cost of the look-back. Immutable.
 *
 * @apiNote Later versions may add methods.
 */
public final class LookBackReport {

    private final Duration duration;
    private final long recordsRead;

    LookBackReport(Duration duration, long recordsRead) {
        this.duration = duration;
        this.recordsRead = recordsRead;
    }

    /**
     * The time from {@code open()} to the end of the look-back, by the monotonic clock. It includes the time that the
     * broker was away.
     *
     * @return how long it took
     */
    public Duration duration() {
        return duration;
    }

    /**
     * How many records the broker sent for it.
     *
     * @return the number; a record that was read twice counts twice
     */
    public long recordsRead() {
        return recordsRead;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LookBackReport that
                && duration.equals(that.duration)
                && recordsRead == that.recordsRead;
    }

    @Override
    public int hashCode() {
        return 31 * duration.hashCode() + Long.hashCode(recordsRead);
    }

    /** How long, and how many records. */
    @Override
    public String toString() {
        return recordsRead + " records in " + duration;
    }
}
