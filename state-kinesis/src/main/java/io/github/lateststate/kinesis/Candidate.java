package io.github.lateststate.kinesis;

import java.math.BigInteger;
import java.time.Instant;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * A Kinesis record that holds something to offer.
 *
 * @param record the record, as the server sent it
 * @param size how many of the oldest user records are to be offered, if it is a KPL aggregate: the newer ones were asked
 *     about and are not wanted
 */
record Candidate(Record record, int size) {

    /** All of a record. */
    static Candidate all(Record record) {
        return new Candidate(record, Integer.MAX_VALUE);
    }

    BigInteger position() {
        return Positions.of(record);
    }

    Instant time() {
        return Positions.timeOf(record);
    }

    int bytes() {
        return record.data().asByteArrayUnsafe().length + record.partitionKey().length();
    }
}
