package io.github.lateststate.kinesis;

import java.time.Instant;

/**
 * Where the reading of a shard begins. There is no "at the end": a reader that begins there would miss what came
 * before.
 */
sealed interface Start {

    /** At the first record of this time or later. If no record is that old, at the first record. */
    record At(Instant time) implements Start {}

    /** After the record with this sequence number. */
    record After(String sequenceNumber) implements Start {}

    /** At the first record that still exists. */
    record Horizon() implements Start {}
}
