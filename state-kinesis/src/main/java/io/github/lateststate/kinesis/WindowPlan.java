package io.github.lateststate.kinesis;

import java.time.Duration;
import java.time.Instant;

/**
 * How far back to look: a few minutes first, then further and further, and at last from the first record there is. The first
 * window is wide enough for a clock that is minutes wrong. Knows no shard; not safe for use by several threads.
 */
final class WindowPlan {

    static final Duration FIRST = Duration.ofMinutes(6);

    /** Where one read crosses any idle region. */
    private static final int FAR = 12;

    /** Where it takes several: a window that is too wide costs many reads. */
    private static final int NEAR = 4;

    private final Instant now;
    private Instant horizon;
    private Duration length = FIRST;

    /**
     * Plans for a search.
     *
     * @param now when it begins
     * @param horizon nothing is older than this: the stream was created then, or retention has removed it
     */
    WindowPlan(Instant now, Instant horizon) {
        this.now = now;
        this.horizon = horizon;
    }

    /** Where the first window ends. */
    Instant end() {
        return now;
    }

    /** Makes every window begin at the first record: the server cannot begin at a time. */
    void fromFirst() {
        horizon = Instant.MAX;
    }

    boolean areAllFromFirst() {
        return horizon.equals(Instant.MAX);
    }

    /** Where the present window begins. */
    Start start() {
        return startAt(now.minus(length));
    }

    /** This time, or the horizon if that is later. */
    Start startAt(Instant time) {
        return time.isAfter(horizon) ? new Start.At(time) : new Start.Horizon();
    }

    /** Whether the present window holds all there is. */
    boolean isLast() {
        return start() instanceof Start.Horizon;
    }

    /** The length of the present window, for a person to read. */
    String describe() {
        if (isLast()) {
            return "from the first record";
        }
        return length.toHours() < 1 ? length.toMinutes() + " min" : length.toHours() + " h";
    }

    /**
     * Opens the next window.
     *
     * @param idleReads how many reads without a record it took to cross the present one; the last of them is the tip
     */
    void widen(int idleReads) {
        length = length.multipliedBy(idleReads > 1 ? NEAR : FAR);
    }
}
