package io.github.lateststate.kinesis;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.model.Record;

/** Hands records to the sink, and says which shards no longer count. */
final class Offers {

    private final StateSink sink;
    private final FollowedStream followed;

    Offers(StateSink sink, FollowedStream followed) {
        this.sink = sink;
        this.followed = followed;
    }

    /**
     * Offers one record, unless it was superseded by one of a descendant.
     *
     * @return whether no older one is wanted
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

    private boolean offerContent(String shard, Record record) {
        byte[] payload = record.data().asByteArrayUnsafe();
        if (!Aggregate.isOne(payload)) {
            return sink.offer(toStateRecord(shard, record, record.partitionKey(), payload));
        }
        Aggregate.UserRecord last;
        try {
            last = Aggregate.last(payload);
        } catch (Aggregate.DamagedException e) {
            sink.rejected(toStateRecord(shard, record, record.partitionKey(), payload), e);
            return false;
        }
        return sink.offer(toStateRecord(shard, record, last.key(), last.data().asByteArrayUnsafe()));
    }

    private static StateRecord toStateRecord(String shard, Record record, String key, byte[] payload) {
        return new StateRecord(
                shard,
                record.sequenceNumber(),
                Positions.timeOf(record),
                key.getBytes(StandardCharsets.UTF_8),
                payload,
                Map.of());
    }
}
