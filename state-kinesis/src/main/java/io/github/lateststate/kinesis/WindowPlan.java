package io.github.lateststate.kinesis;

import java.time.Duration;
import java.time.Instant;

/**
 * How far back to look: a few minutes first, then further and further, and at last from the first record. The first
 * window is wide enough for a clock that is minutes wrong. It knows no shard. Not safe for use by several threads.
 *
 * <p>Example, for a quiet stream whose last record is ten days old:
 *
 * <pre>
 * 6 min   nothing, in one read: the next window is 12 times as long
 * 72 min  nothing, in one read
 * 14 h    nothing, in three reads: a window that is too wide costs many reads, so the next is only 4 times as long
 * 2.4 d   nothing, in nine reads
 * 9.6 d   nothing; 38 days are longer than the stream keeps records: the last window begins at the first record
 * </pre>
 */
final class WindowPlan {

    static final Duration FIRST = Duration.ofMinutes(6);

    /** The growth if one read crosses any idle region. */
    private static final int FAR = 12;

    /** The growth if it takes several: a window that is too wide costs many reads. */
    private static final int NEAR = 4;

    private final Instant now;
    private Instant horizon;
    private Duration length = FIRST;

    /**
     * Plans for a search.
     *
     * @param now when it begins
     * @param horizon no record is older: the stream was created then, or retention has removed older ones
     */
    WindowPlan(Instant now, Instant horizon) {
        this.now = now;
        this.horizon = horizon;
    }

    /** Where the first window ends. */
    Instant end() {
        return now;
    }

    /** Makes every window begin at the first record, because the server cannot begin at a time. */
    void fromFirst() {
        horizon = Instant.MAX;
    }

    boolean areAllFromFirst() {
        return horizon.equals(Instant.MAX);
    }

    /** Where the current window begins. */
    Start start() {
        return startAt(now.minus(length));
    }

    /** This time, or the horizon if that is later. */
    Start startAt(Instant time) {
        return time.isAfter(horizon) ? new Start.At(time) : new Start.Horizon();
    }

    /** Whether the current window holds all records. */
    boolean isLast() {
        return start() instanceof Start.Horizon;
    }

    /** The length of the current window, for people. */
    String describe() {
        if (isLast()) {
            return "from the first record";
        }
        return length.toHours() < 1 ? length.toMinutes() + " min" : length.toHours() + " h";
    }

    /**
     * Opens the next window.
     *
     * @param idleReads how many reads without a record it took to cross the current one; the last of them is the tip
     */
    void widen(int idleReads) {
        length = length.multipliedBy(idleReads > 1 ? NEAR : FAR);
    }
}
