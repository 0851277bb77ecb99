package io.github.lateststate.kinesis;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** One shard of a {@link SimulatedKinesis}. */
final class SimulatedShard {

    final String id;
    final List<String> parents;
    final Instant opened;
    final BigInteger firstPosition;
    final List<Record> records = new ArrayList<>();
    final List<ChildShard> children = new ArrayList<>();

    @Nullable
    Instant closed;

    SimulatedShard(String id, List<String> parents, Instant opened, BigInteger firstPosition) {
        this.id = id;
        this.parents = parents;
        this.opened = opened;
        this.firstPosition = firstPosition;
    }

    void put(BigInteger position, Instant at, String payload) {
        records.add(Record.builder()
                .sequenceNumber(position.toString())
                .approximateArrivalTimestamp(at)
                .partitionKey("k")
                .data(SdkBytes.fromByteArrayUnsafe(payload.getBytes(StandardCharsets.UTF_8)))
                .build());
    }

    void close(Instant at, List<SimulatedShard> into) {
        closed = at;
        into.forEach(child -> children.add(ChildShard.builder()
                .shardId(child.id)
                .parentShards(child.parents)
                .build()));
    }

    static long bytes(List<Record> records) {
        return records.stream()
                .mapToLong(record -> record.data().asByteArrayUnsafe().length)
                .sum();
    }

    Shard listed() {
        return Shard.builder()
                .shardId(id)
                .parentShardId(parents.isEmpty() ? null : parents.get(0))
                .adjacentParentShardId(parents.size() < 2 ? null : parents.get(1))
                .sequenceNumberRange(range -> range.startingSequenceNumber(firstPosition.toString())
                        .endingSequenceNumber(closed == null ? null : "9223372036854775807"))
                .build();
    }
}
