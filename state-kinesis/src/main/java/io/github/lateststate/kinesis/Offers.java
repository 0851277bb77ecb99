package io.github.lateststate.kinesis;

import io.github.lateststate.kinesis.kpl.Aggregate;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.model.Record;

/** Hands records to the sink, and reports which shards no longer count. */
final class Offers {

    private final StateSink sink;
    private final FollowedStream followed;
    private long unpacked;

    Offers(StateSink sink, FollowedStream followed) {
        this.sink = sink;
        this.followed = followed;
    }

    /**
     * Offers one record, unless a record of a descendant supersedes it.
     *
     * @return whether no older record is wanted
     */
    boolean offer(String shard, Record record) {
        BigInteger position = Positions.of(record);
        if (!followed.lineage().counts(shard) || followed.wasAccepted(shard, position)) {
            return true;
        }
        boolean accepted = offerContent(shard, record);
        if (accepted) {
            followed.accepted(shard, position).forEach(sink::retire);
        }
        return accepted;
    }

    /** Whether to keep a record until it is offered. An aggregate is kept if it holds a wanted record or is damaged. */
    boolean wants(String shard, Record record) {
        byte[] payload = record.data().asByteArrayUnsafe();
        if (!Aggregate.isOne(payload)) {
            return sink.wants(toStateRecord(shard, record, record.sequenceNumber(), record.partitionKey(), payload));
        }
        try {
            Aggregate aggregate = Aggregate.of(payload);
            for (int i = aggregate.size() - 1; i >= 0; i--) {
                Aggregate.UserRecord user = aggregate.record(i);
                if (sink.wants(toStateRecord(
                        shard,
                        record,
                        record.sequenceNumber() + ":" + i,
                        user.key(),
                        user.data().asByteArrayUnsafe()))) {
                    return true;
                }
            }
            return false;
        } catch (Aggregate.DamagedException e) {
            return true;
        }
    }

    /** How many records were read from aggregates. */
    long unpacked() {
        return unpacked;
    }

    private boolean offerContent(String shard, Record record) {
        byte[] payload = record.data().asByteArrayUnsafe();
        if (!Aggregate.isOne(payload)) {
            return offerIfWanted(toStateRecord(shard, record, record.sequenceNumber(), record.partitionKey(), payload));
        }
        try {
            return offerNewestOf(shard, record, Aggregate.of(payload));
        } catch (Aggregate.DamagedException e) {
            rejected(shard, record, record.sequenceNumber(), e);
            return false;
        }
    }

    /** Offers the records in an aggregate, newest first, until one is accepted. Passes over those of another shard. */
    private boolean offerNewestOf(String shard, Record record, Aggregate aggregate) {
        for (int i = aggregate.size() - 1; i >= 0; i--) {
            unpacked++;
            String position = record.sequenceNumber() + ":" + i;
            try {
                Aggregate.UserRecord user = aggregate.record(i);
                if (followed.mayHold(shard, user.hashKey())
                        && offerIfWanted(toStateRecord(
                                shard, record, position, user.key(), user.data().asByteArrayUnsafe()))) {
                    return true;
                }
            } catch (Aggregate.DamagedException e) {
                rejected(shard, record, position, e);
            }
        }
        return false;
    }

    private boolean offerIfWanted(StateRecord record) {
        return sink.wants(record) && sink.offer(record);
    }

    private void rejected(String shard, Record record, String position, Aggregate.DamagedException cause) {
        byte[] payload = record.data().asByteArrayUnsafe();
        sink.rejected(toStateRecord(shard, record, position, record.partitionKey(), payload), cause);
    }

    private static StateRecord toStateRecord(String shard, Record record, String position, String key, byte[] payload) {
        return new StateRecord(
                shard, position, Positions.timeOf(record), key.getBytes(StandardCharsets.UTF_8), payload, Map.of());
    }
}
