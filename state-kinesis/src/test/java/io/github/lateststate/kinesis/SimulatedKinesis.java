package io.github.lateststate.kinesis;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** A stream that answers as documented. The test controls its clock. */
final class SimulatedKinesis implements StreamCalls {

    /** The calls that are counted, and can be made to fail. */
    enum Call {
        DESCRIBE(20),
        LIST(1_000),
        ITERATOR(5),
        RECORDS(5);

        final int perSecond;

        Call(int perSecond) {
            this.perSecond = perSecond;
        }
    }

    private record Position(String shard, int index, Instant time, Instant made) {}

    private static final Duration ITERATOR_LIFE = Duration.ofMinutes(5);

    final Map<String, SimulatedShard> shards = new LinkedHashMap<>();
    final Map<Call, Integer> served = new EnumMap<>(Call.class);
    final Map<Call, Integer> throttled = new EnumMap<>(Call.class);

    /** The start of each requested iterator. */
    final List<Start> starts = new ArrayList<>();

    Duration latency = Duration.ofMillis(20);
    Duration crossedByOneRead = Duration.ofDays(1_000);
    int pageSize = 10_000;
    int readsUnderWay;
    int mostReadsUnderWay;
    int retentionHours = 24;
    boolean behindByWallClock;
    boolean exists = true;
    boolean listsNothing;

    /** Another reader takes all reads. */
    boolean hogged;

    /** How many of ten calls are throttled, of any kind. */
    int throttledOfTen;

    /** Calls that get no answer. The client's patience ends them, even if others are answered by then. */
    final Set<Call> silent = EnumSet.noneOf(Call.class);

    Duration serverIsBehind = Duration.ZERO;

    private final SimulatedLoop loop;
    private final Map<String, Position> iterators = new LinkedHashMap<>();
    private final Random random = new Random(1);
    private int iteratorsMade;
    private int shardsMade;
    private final Map<String, SimulatedLimits> limits = new HashMap<>();
    private final Map<Call, Deque<Throwable>> failures = new EnumMap<>(Call.class);
    private final Instant created;
    private BigInteger nextPosition = BigInteger.valueOf(999_999_000); // soon it has one more digit

    SimulatedKinesis(SimulatedLoop loop, Instant created) {
        this.loop = loop;
        this.created = created;
        open(List.of(), created);
    }

    /** Appends a record as if it had arrived some time ago. Call it in the order of arrival. */
    void put(String shard, Instant at, String payload) {
        nextPosition = nextPosition.add(BigInteger.ONE);
        shard(shard).put(nextPosition, at, payload);
    }

    void put(String payload) {
        put(openShards().get(0), loop.now(), payload);
    }

    List<String> openShards() {
        return shards.values().stream()
                .filter(shard -> shard.closed == null)
                .map(shard -> shard.id)
                .toList();
    }

    List<SimulatedShard> split(String shard, Instant at) {
        List<SimulatedShard> into = List.of(open(List.of(shard), at), open(List.of(shard), at));
        shard(shard).close(at, into);
        return into;
    }

    void merge(String one, String other, Instant at) {
        List<SimulatedShard> into = List.of(open(List.of(one, other), at));
        shard(one).close(at, into);
        shard(other).close(at, into);
    }

    /** No longer lists the closed shards, as if their records had expired. Names of shards are not used again. */
    void expireClosed() {
        shards.values().removeIf(shard -> shard.closed != null);
    }

    void fail(Call call, Throwable thrown) {
        failures.computeIfAbsent(call, of -> new ArrayDeque<>()).add(thrown);
    }

    int calls(Call call) {
        return served.getOrDefault(call, 0);
    }

    @Override
    public CompletableFuture<@Nullable StreamDescriptionSummary> describe() {
        return answer(
                Call.DESCRIBE,
                null,
                () -> StreamDescriptionSummary.builder()
                        .streamARN("arn:stream")
                        .streamStatus(StreamStatus.ACTIVE)
                        .streamCreationTimestamp(created)
                        .retentionPeriodHours(retentionHours)
                        .build());
    }

    @Override
    public CompletableFuture<List<Shard>> shards() {
        return answer(
                Call.LIST,
                null,
                () -> listsNothing
                        ? List.of()
                        : shards.values().stream().map(SimulatedShard::listed).toList());
    }

    @Override
    public CompletableFuture<String> iterator(String shard, Start start) {
        return answer(Call.ITERATOR, shard, () -> {
            starts.add(start);
            return iterator(position(shard(shard), start));
        });
    }

    @Override
    public CompletableFuture<Boolean> isEmpty(String shard) {
        return iterator(shard, new Start.Horizon())
                .thenCompose(iterator -> read(iterator, 1))
                .thenApply(Page::isEmptyEnd);
    }

    @Override
    public CompletableFuture<Page> records(String iterator, int most) {
        mostReadsUnderWay = Math.max(mostReadsUnderWay, ++readsUnderWay);
        return read(iterator, most).whenComplete((page, thrown) -> readsUnderWay--);
    }

    private CompletableFuture<Page> read(String iterator, int most) {
        return answer(Call.RECORDS, iterator.substring(0, iterator.indexOf('/')), () -> {
            Position position = iterators.get(iterator);
            if (position == null || hasExpired(position)) {
                throw ExpiredIteratorException.builder().message("expired").build();
            }
            return page(position, Math.min(most, pageSize));
        });
    }

    private SimulatedShard open(List<String> parents, Instant at) {
        nextPosition = nextPosition.add(BigInteger.ONE);
        SimulatedShard shard = new SimulatedShard("shardId-%012d".formatted(shardsMade++), parents, at, nextPosition);
        shards.put(shard.id, shard);
        return shard;
    }

    private SimulatedShard shard(String id) {
        SimulatedShard shard = shards.get(id);
        if (shard == null) {
            throw ResourceNotFoundException.builder().message(id).build();
        }
        return shard;
    }

    private Position position(SimulatedShard shard, Start start) {
        Instant horizon = loop.now().minus(Duration.ofHours(retentionHours));
        Instant first = shard.opened.isAfter(horizon) ? shard.opened : horizon;
        if (start instanceof Start.After after) {
            BigInteger last = new BigInteger(after.sequenceNumber());
            int index = 0;
            while (index < shard.records.size()
                    && Positions.of(shard.records.get(index)).compareTo(last) <= 0) {
                index++;
            }
            Instant time = index == 0 ? first : Positions.timeOf(shard.records.get(index - 1));
            return new Position(shard.id, index, time, loop.now());
        }
        Instant from = start instanceof Start.At at && at.time().isAfter(first) ? at.time() : first;
        if (from.isAfter(loop.now().minus(serverIsBehind))) {
            throw InvalidArgumentException.builder().message("in the future").build();
        }
        int index = 0;
        while (index < shard.records.size()
                && Positions.timeOf(shard.records.get(index)).isBefore(from)) {
            index++;
        }
        return new Position(shard.id, index, from, loop.now());
    }

    private Page page(Position position, int most) {
        SimulatedShard shard = shard(position.shard());
        Instant tip = shard.closed == null ? loop.now() : shard.closed;
        Instant reach = position.time().plus(crossedByOneRead);
        reach = reach.isAfter(tip) ? tip : reach;
        List<Record> found = new ArrayList<>();
        int index = position.index();
        while (index < shard.records.size()
                && found.size() < most
                && !Positions.timeOf(shard.records.get(index)).isAfter(reach)) {
            found.add(shard.records.get(index++));
        }
        limits(shard.id).read(SimulatedShard.bytes(found), loop.now());
        boolean allRead = index == shard.records.size();
        Instant last = found.isEmpty() ? reach : Positions.timeOf(found.get(found.size() - 1));
        boolean atTip = allRead && !reach.isBefore(tip);
        if (atTip && shard.closed != null) {
            return new Page(found, null, 0L, shard.children);
        }
        boolean caughtUp = atTip && (found.isEmpty() || !behindByWallClock);
        long behind =
                caughtUp ? 0 : Math.max(1, Duration.between(last, loop.now()).toMillis());
        return new Page(
                found, iterator(new Position(shard.id, index, caughtUp ? reach : last, loop.now())), behind, List.of());
    }

    private String iterator(Position position) {
        Iterator<Position> oldest = iterators.values().iterator();
        while (oldest.hasNext() && hasExpired(oldest.next())) {
            oldest.remove();
        }
        String iterator = position.shard() + "/" + iteratorsMade++;
        iterators.put(iterator, position);
        return iterator;
    }

    private boolean hasExpired(Position position) {
        return position.made().plus(ITERATOR_LIFE).isBefore(loop.now());
    }

    private <T> CompletableFuture<T> answer(Call call, @Nullable String shard, Supplier<T> answering) {
        CompletableFuture<T> future = new CompletableFuture<>();
        if (silent.contains(call)) {
            Duration patience = call == Call.RECORDS ? KinesisCalls.MOST_SILENCE : KinesisCalls.PATIENCE;
            loop.after(
                    patience, () -> future.completeExceptionally(ApiCallTimeoutException.create(patience.toMillis())));
            return future;
        }
        loop.after(latency, () -> {
            try {
                Deque<Throwable> failing = failures.get(call);
                if (failing != null && !failing.isEmpty()) {
                    future.completeExceptionally(failing.remove());
                } else if (!exists) {
                    throw ResourceNotFoundException.builder().message("stream").build();
                } else if ((hogged && call == Call.RECORDS)
                        || random.nextInt(10) < throttledOfTen
                        || !limits(shard).serves(call, loop.now())) {
                    throttled.merge(call, 1, Integer::sum);
                    throw ProvisionedThroughputExceededException.builder()
                            .message(call.toString())
                            .writableStackTrace(false)
                            .build();
                } else {
                    served.merge(call, 1, Integer::sum);
                    future.complete(answering.get());
                }
            } catch (RuntimeException e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    /** The limits of a shard. Calls about no shard have others. */
    private SimulatedLimits limits(@Nullable String shard) {
        return limits.computeIfAbsent(shard == null ? "" : shard, of -> new SimulatedLimits());
    }
}
