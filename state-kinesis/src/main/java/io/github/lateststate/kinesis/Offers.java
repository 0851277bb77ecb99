package io.github.lateststate.kinesis;

import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.spi.StateSink;
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
        if (!followed.lineage().counts(shard)) {
            return true;
        }
        boolean accepted = sink.offer(toStateRecord(shard, record));
        if (accepted) {
            followed.accepted(shard).forEach(sink::retire);
        }
        return accepted;
    }

    private static StateRecord toStateRecord(String shard, Record record) {
        return new StateRecord(
                shard,
                record.sequenceNumber(),
                Positions.timeOf(record),
                record.partitionKey().getBytes(StandardCharsets.UTF_8),
                record.data().asByteArrayUnsafe(),
                Map.of());
    }
}
