package io.github.lateststate;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the search for the last record took. Immutable.
 *
 * @apiNote Later versions may say more.
 */
public final class LookBackReport {

    private final Duration duration;
    private final long recordsRead;

    LookBackReport(Duration duration, long recordsRead) {
        this.duration = duration;
        this.recordsRead = recordsRead;
    }

    /**
     * From {@code open()} to its end, by the monotonic clock. The time that the broker was away is in it.
     *
     * @return how long it took
     */
    public Duration duration() {
        return duration;
    }

    /**
     * How many records the broker has handed out for it.
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
