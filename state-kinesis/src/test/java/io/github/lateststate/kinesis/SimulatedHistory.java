package io.github.lateststate.kinesis;

import java.time.Duration;

/**
 * The content of a stream with one shard.
 *
 * @param age how long ago the last record was written; there is none since
 * @param period the time between two records before it; zero if there was no other
 * @param retention how long records are kept
 * @param crossedByOneRead the longest time without records that one read crosses
 */
public record SimulatedHistory(Duration age, Duration period, Duration retention, Duration crossedByOneRead) {

    /** Whether the last record is the only one. */
    public boolean isIdle() {
        return period.isZero();
    }
}
