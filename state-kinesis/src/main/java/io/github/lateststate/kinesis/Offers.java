package io.github.lateststate.kinesis;

import io.github.lateststate.kinesis.kpl.Aggregate;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
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
    boolean offer(String shard, Candidate candidate) {
        BigInteger position = candidate.position();
        if (!followed.lineage().counts(shard) || followed.wasAccepted(shard, position)) {
            return true;
        }
        boolean accepted = offerContent(shard, candidate);
        if (accepted) {
            followed.accepted(shard, position).forEach(sink::retire);
        }
        return accepted;
    }

    /**
     * What to keep of a record until it is offered. A damaged aggregate is kept, and so is one that holds a wanted or a
     * damaged record.
     *
     * @return empty if nothing in it is wanted
     */
    Optional<Candidate> wanted(String shard, Record record) {
        byte[] payload = record.data().asByteArrayUnsafe();
        if (!Aggregate.isOne(payload)) {
            boolean wanted = sink.wants(whole(shard, record, record.sequenceNumber()));
            return wanted ? Optional.of(Candidate.all(record)) : Optional.empty();
        }
        try {
            Aggregate aggregate = Aggregate.of(payload);
            int size = aggregate.size();
            while (size > 0 && !isWantedOrDamaged(shard, record, aggregate, size - 1)) {
                size--;
                unpacked++;
            }
            return size == 0 ? Optional.empty() : Optional.of(new Candidate(record, size));
        } catch (Aggregate.DamagedException e) {
            return Optional.of(Candidate.all(record));
        }
    }

    /** How many records were read from aggregates. */
    long unpacked() {
        return unpacked;
    }

    private boolean offerContent(String shard, Candidate candidate) {
        Record record = candidate.record();
        byte[] payload = record.data().asByteArrayUnsafe();
        if (!Aggregate.isOne(payload)) {
            return offerIfWanted(whole(shard, record, record.sequenceNumber()));
        }
        try {
            Aggregate aggregate = Aggregate.of(payload);
            for (int i = Math.min(candidate.size(), aggregate.size()) - 1; i >= 0; i--) {
                unpacked++;
                if (offerUserRecord(shard, record, aggregate, i)) {
                    return true;
                }
            }
        } catch (Aggregate.DamagedException e) {
            sink.rejected(whole(shard, record, record.sequenceNumber()), e);
        }
        return false;
    }

    private boolean isWantedOrDamaged(String shard, Record record, Aggregate aggregate, int index) {
        try {
            Aggregate.UserRecord user = aggregate.record(index);
            return followed.mayHold(shard, user.hashKey()) && sink.wants(toStateRecord(shard, record, index, user));
        } catch (Aggregate.DamagedException e) {
            return true;
        }
    }

    /** Passes over a record of another shard. */
    private boolean offerUserRecord(String shard, Record record, Aggregate aggregate, int index) {
        try {
            Aggregate.UserRecord user = aggregate.record(index);
            return followed.mayHold(shard, user.hashKey()) && offerIfWanted(toStateRecord(shard, record, index, user));
        } catch (Aggregate.DamagedException e) {
            sink.rejected(whole(shard, record, position(record, index)), e);
            return false;
        }
    }

    private boolean offerIfWanted(StateRecord record) {
        return sink.wants(record) && sink.offer(record);
    }

    private static StateRecord whole(String shard, Record record, String position) {
        return toStateRecord(shard, record, position, record.partitionKey(), record.data());
    }

    private static StateRecord toStateRecord(String shard, Record record, int index, Aggregate.UserRecord user) {
        return toStateRecord(shard, record, position(record, index), user.key(), user.data());
    }

    private static String position(Record record, int index) {
        return record.sequenceNumber() + ":" + index;
    }

    private static StateRecord toStateRecord(String shard, Record record, String position, String key, SdkBytes data) {
        return new StateRecord(
                shard,
                position,
                Positions.timeOf(record),
                key.getBytes(StandardCharsets.UTF_8),
                data.asByteArrayUnsafe(),
                Map.of());
    }
}
