package io.github.lateststate.kinesis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * One shard with up to billions of records of 1 KiB, which are created when they are read: one in each period until the
 * last one, and none since. No record says that it is the last; only the read after it shows that.
 */
final class SimulatedLog implements StreamCalls {

    static final Duration LATENCY = Duration.ofMillis(20);
    static final int RECORD_BYTES = 1_024;

    private static final String SHARD = "shardId-000000000000";
    private static final int PAGE = 10_000; // 10,000 of these records are less than 10 MiB
    private static final long FIRST_POSITION = 1_000_000_000_000L;

    final Map<SimulatedCall, Integer> served = new EnumMap<>(SimulatedCall.class);
    final Map<SimulatedCall, Integer> throttled = new EnumMap<>(SimulatedCall.class);
    long bytes;

    private final SimulatedLoop loop;
    private final SimulatedHistory history;
    private final Duration period;
    private final Instant created;
    private final Instant last;
    private final long records;
    private final SimulatedLimits limits = new SimulatedLimits();

    SimulatedLog(SimulatedLoop loop, SimulatedHistory history) {
        this.loop = loop;
        this.history = history;
        this.period = history.isIdle() ? Duration.ofDays(1_000) : history.period();
        this.created = loop.now().minus(history.retention()).minus(Duration.ofDays(10));
        this.last = loop.now().minus(history.age());
        this.records = history.isIdle() ? 1 : Duration.between(created, last).dividedBy(period) + 1;
    }

    int calls(SimulatedCall call) {
        return served.getOrDefault(call, 0);
    }

    @Override
    public CompletableFuture<@Nullable StreamDescriptionSummary> describe() {
        return answer(
                SimulatedCall.DESCRIBE,
                () -> StreamDescriptionSummary.builder()
                        .streamARN("arn:stream")
                        .streamStatus(StreamStatus.ACTIVE)
                        .streamCreationTimestamp(created)
                        .retentionPeriodHours((int) history.retention().toHours())
                        .build());
    }

    @Override
    public CompletableFuture<List<Shard>> shards() {
        return answer(
                SimulatedCall.LIST,
                () -> List.of(Shard.builder()
                        .shardId(SHARD)
                        .sequenceNumberRange(range -> range.startingSequenceNumber(Long.toString(FIRST_POSITION)))
                        .build()));
    }

    /** An iterator holds the number of the next record and the time up to which was read. It does not expire. */
    @Override
    public CompletableFuture<String> iterator(String shard, Start start) {
        return answer(SimulatedCall.ITERATOR, () -> {
            if (start instanceof Start.After after) {
                return iterator(Long.parseLong(after.sequenceNumber()) - FIRST_POSITION + 1, loop.now());
            }
            Instant horizon = loop.now().minus(history.retention());
            Instant from = start instanceof Start.At at && at.time().isAfter(horizon) ? at.time() : horizon;
            return iterator(firstNotBefore(from), from);
        });
    }

    @Override
    public CompletableFuture<Boolean> isEmpty(String shard) {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public CompletableFuture<Page> records(String iterator, int most) {
        return answer(SimulatedCall.RECORDS, () -> {
            int slash = iterator.indexOf('/');
            return page(Long.parseLong(iterator.substring(0, slash)), Instant.parse(iterator.substring(slash + 1)));
        });
    }

    private Page page(long from, Instant time) {
        Instant now = loop.now();
        Instant reach = time.plus(history.crossedByOneRead());
        reach = reach.isAfter(now) ? now : reach;
        long to = Math.min(from + PAGE, firstNotBefore(reach.plusNanos(1)));
        int found = (int) Math.max(0, to - from);
        bytes += (long) found * RECORD_BYTES;
        limits.read((long) found * RECORD_BYTES, now);
        if (found == 0) {
            return new Page(List.of(), iterator(from, reach), millis(reach, now), List.of());
        }
        Instant newest = time(to - 1);
        return new Page(page(from, found), iterator(to, newest), Math.max(1, millis(newest, now)), List.of());
    }

    private List<Record> page(long from, int size) {
        class Records extends AbstractList<Record> implements RandomAccess {
            @Override
            public Record get(int index) {
                return record(from + index);
            }

            @Override
            public int size() {
                return size;
            }
        }

        return new Records();
    }

    private Record record(long number) {
        byte[] data = new byte[RECORD_BYTES];
        Arrays.fill(data, (byte) ' ');
        byte[] text = Long.toString(records - number).getBytes(StandardCharsets.US_ASCII); // the last one is 1
        System.arraycopy(text, 0, data, 0, text.length);
        return Record.builder()
                .sequenceNumber(Long.toString(FIRST_POSITION + number))
                .approximateArrivalTimestamp(time(number))
                .partitionKey("k")
                .data(SdkBytes.fromByteArrayUnsafe(data))
                .build();
    }

    private Instant time(long number) {
        return last.minus(period.multipliedBy(records - 1 - number));
    }

    private long firstNotBefore(Instant time) {
        long nanos = Duration.between(time, last).toNanos();
        return Math.min(records, Math.max(0, records - 1 - Math.floorDiv(nanos, period.toNanos())));
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }

    private static String iterator(long number, Instant time) {
        return number + "/" + time;
    }

    private <T> CompletableFuture<T> answer(SimulatedCall call, Supplier<T> answering) {
        CompletableFuture<T> future = new CompletableFuture<>();
        loop.after(LATENCY, () -> {
            if (limits.serves(call, loop.now())) {
                served.merge(call, 1, Integer::sum);
                future.complete(answering.get());
            } else {
                throttled.merge(call, 1, Integer::sum);
                future.completeExceptionally(ProvisionedThroughputExceededException.builder()
                        .message(call.toString())
                        .writableStackTrace(false)
                        .build());
            }
        });
        return future;
    }
}
