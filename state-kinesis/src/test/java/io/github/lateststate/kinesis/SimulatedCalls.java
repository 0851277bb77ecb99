package io.github.lateststate.kinesis;

import io.github.lateststate.kinesis.SimulatedShard.Entry;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/** Asks a simulated stream directly, in simulated time, and counts. */
final class SimulatedCalls implements StreamCalls {

    private static final Duration LATENCY = Duration.ofMillis(10);

    private final SimulatedStream stream;
    private final SimulatedLoop loop;
    private int iterators;
    private int reads;
    private int throttled;

    SimulatedCalls(SimulatedStream stream, SimulatedLoop loop) {
        this.stream = stream;
        this.loop = loop;
    }

    int iterators() {
        return iterators;
    }

    int reads() {
        return reads;
    }

    int throttled() {
        return throttled;
    }

    @Override
    public CompletableFuture<StreamDescriptionSummary> describe() {
        return answer(() -> StreamDescriptionSummary.builder()
                .streamName(stream.name())
                .streamStatus("ACTIVE")
                .streamCreationTimestamp(Instant.EPOCH)
                .retentionPeriodHours((int) stream.retention().toHours())
                .openShardCount(stream.openShards().size())
                .build());
    }

    @Override
    public CompletableFuture<List<Shard>> shards() {
        return answer(() -> stream.list("FROM_TRIM_HORIZON", null).stream()
                .map(shard -> Shard.builder()
                        .shardId(shard.id())
                        .parentShardId(
                                shard.parents().isEmpty()
                                        ? null
                                        : shard.parents().get(0))
                        .sequenceNumberRange(range -> range.startingSequenceNumber("0")
                                .endingSequenceNumber(shard.closed().isPresent() ? "99999999" : null))
                        .adjacentParentShardId(
                                shard.parents().size() < 2
                                        ? null
                                        : shard.parents().get(1))
                        .build())
                .toList());
    }

    @Override
    public CompletableFuture<String> iterator(String shard, Start start) {
        iterators++;
        return answer(() -> {
            if (start instanceof Start.At at) {
                return stream.iterator(shard, "AT_TIMESTAMP", at.time(), null);
            } else if (start instanceof Start.After after) {
                return stream.iterator(shard, "AFTER_SEQUENCE_NUMBER", null, new BigInteger(after.sequenceNumber()));
            }
            return stream.iterator(shard, "TRIM_HORIZON", null, null);
        });
    }

    @Override
    public CompletableFuture<Page> records(String iterator, Duration patience) {
        reads++;
        return answer(() -> {
            SimulatedStream.Page page = stream.records(iterator, 10_000);
            return new Page(
                    page.records().stream().map(SimulatedCalls::record).toList(),
                    page.next(),
                    page.millisBehindLatest(),
                    page.children().stream().map(SimulatedCalls::child).toList());
        });
    }

    private <T> CompletableFuture<T> answer(Supplier<T> answer) {
        CompletableFuture<T> future = new CompletableFuture<>();
        loop.after(LATENCY, () -> {
            try {
                future.complete(answer.get());
            } catch (KinesisError e) {
                future.completeExceptionally(exception(e));
            }
        });
        return future;
    }

    private RuntimeException exception(KinesisError error) {
        return switch (error.type()) {
            case "ProvisionedThroughputExceededException" -> {
                throttled++;
                yield ProvisionedThroughputExceededException.builder()
                        .message(error.getMessage())
                        .build();
            }
            case "ExpiredIteratorException" ->
                ExpiredIteratorException.builder().message(error.getMessage()).build();
            case "InvalidArgumentException" ->
                InvalidArgumentException.builder().message(error.getMessage()).build();
            case "ResourceNotFoundException" ->
                ResourceNotFoundException.builder().message(error.getMessage()).build();
            default -> error;
        };
    }

    private static Record record(Entry entry) {
        return Record.builder()
                .sequenceNumber(entry.sequence().toString())
                .approximateArrivalTimestamp(entry.arrival())
                .partitionKey(entry.key())
                .data(entry.data())
                .build();
    }

    private static ChildShard child(SimulatedShard shard) {
        return ChildShard.builder()
                .shardId(shard.id())
                .parentShards(shard.parents())
                .build();
    }
}
