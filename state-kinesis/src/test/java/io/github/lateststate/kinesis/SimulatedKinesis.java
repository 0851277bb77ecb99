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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** A stream that answers as documented. The test controls its clock. */
final class SimulatedKinesis implements StreamCalls {

    final Map<String, SimulatedShard> shards = new LinkedHashMap<>();
    final Map<SimulatedCall, Integer> served = new EnumMap<>(SimulatedCall.class);
    final Map<SimulatedCall, Integer> throttled = new EnumMap<>(SimulatedCall.class);

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
    final Set<SimulatedCall> silent = EnumSet.noneOf(SimulatedCall.class);

    Duration serverIsBehind = Duration.ZERO;

    private final SimulatedLoop loop;
    private final SimulatedIterators iterators;
    private final Random random = new Random(1);
    private int shardsMade;
    private final Map<String, SimulatedLimits> limits = new HashMap<>();
    private final Map<SimulatedCall, Deque<Throwable>> failures = new EnumMap<>(SimulatedCall.class);
    private final Instant created;
    private BigInteger nextPosition = BigInteger.valueOf(999_999_000); // soon it has one more digit

    SimulatedKinesis(SimulatedLoop loop, Instant created) {
        this.loop = loop;
        this.iterators = new SimulatedIterators(loop);
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

    void fail(SimulatedCall call, Throwable thrown) {
        failures.computeIfAbsent(call, of -> new ArrayDeque<>()).add(thrown);
    }

    int calls(SimulatedCall call) {
        return served.getOrDefault(call, 0);
    }

    @Override
    public CompletableFuture<@Nullable StreamDescriptionSummary> describe() {
        return answer(
                SimulatedCall.DESCRIBE,
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
                SimulatedCall.LIST,
                null,
                () -> listsNothing
                        ? List.of()
                        : shards.values().stream().map(SimulatedShard::listed).toList());
    }

    @Override
    public CompletableFuture<String> iterator(String shard, Start start) {
        return answer(SimulatedCall.ITERATOR, shard, () -> {
            starts.add(start);
            Instant horizon = loop.now().minus(Duration.ofHours(retentionHours));
            return iterators.at(shard(shard), start, horizon, serverIsBehind);
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
        return answer(SimulatedCall.RECORDS, iterator.substring(0, iterator.indexOf('/')), () -> {
            return page(iterators.place(iterator), Math.min(most, pageSize));
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

    private Page page(SimulatedIterators.Place position, int most) {
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
        return new Page(found, iterators.next(shard, index, caughtUp ? reach : last), behind, List.of());
    }

    private <T> CompletableFuture<T> answer(SimulatedCall call, @Nullable String shard, Supplier<T> answering) {
        CompletableFuture<T> future = new CompletableFuture<>();
        if (silent.contains(call)) {
            Duration patience = call == SimulatedCall.RECORDS ? KinesisCalls.MOST_SILENCE : KinesisCalls.PATIENCE;
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
                } else if ((hogged && call == SimulatedCall.RECORDS)
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
