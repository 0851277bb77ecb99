package io.github.lateststate.kinesis;

import java.time.Duration;

/**
 * What is in a stream of one shard.
 *
 * @param age how long ago the last record was written; nothing was since
 * @param period the time between two records before it; zero if there was no other
 * @param retention how long records are kept
 * @param crossedByOneRead the time without records that one read moves over at most
 */
public record SimulatedHistory(Duration age, Duration period, Duration retention, Duration crossedByOneRead) {

    /** Whether the last record is the only one. */
    public boolean isIdle() {
        return period.isZero();
    }
}
