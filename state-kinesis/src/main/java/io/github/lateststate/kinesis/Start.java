package io.github.lateststate.kinesis;

import java.time.Instant;

/** Where the reading of a shard begins. There is no "at the end": whoever began there would miss what came before. */
sealed interface Start {

    /** At the first record of this time or later; where nothing is as old as that, at the first record. */
    record At(Instant time) implements Start {}

    /** Behind the record with this sequence number. */
    record After(String sequenceNumber) implements Start {}

    /** At the first record that is still there. */
    record Horizon() implements Start {}
}
