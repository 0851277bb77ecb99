package io.github.lateststate.kinesis;

import java.math.BigInteger;
import java.time.Instant;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Reads the position and time of a record. Sequence numbers are numbers of varying length: as strings they would be out
 * of order.
 */
final class Positions {

    private Positions() {}

    static BigInteger of(Record record) {
        return new BigInteger(record.sequenceNumber());
    }

    /** When it arrived; the epoch if the server does not say. */
    static Instant timeOf(Record record) {
        Instant time = record.approximateArrivalTimestamp();
        return time == null ? Instant.EPOCH : time;
    }
}
