package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Scope;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** For benchmarks: from the start of one instance to the last record of a shard, in simulated time. */
public final class SimulatedSearch {

    private static final Duration PATIENCE = Duration.ofDays(1_000);

    private SimulatedSearch() {}

    /**
     * The cost of a search.
     *
     * @param iterators GetShardIterator calls that were served
     * @param reads GetRecords calls that were served
     * @param lists ListShards calls that were served
     * @param throttled calls that were throttled
     * @param bytes the size of all records that were read
     * @param time until the last record was found
     */
    public record Result(int iterators, int reads, int lists, int throttled, long bytes, Duration time) {

        private static Result of(SimulatedLog log, Duration time) {
            return new Result(
                    log.calls(SimulatedCall.ITERATOR),
                    log.calls(SimulatedCall.RECORDS),
                    log.calls(SimulatedCall.LIST),
                    log.throttled.values().stream().mapToInt(calls -> calls).sum(),
                    log.bytes,
                    time);
        }
    }

    /** Starts an instance of this library. Throws if the first record that it accepts is not the last one. */
    public static Result byLookingBack(SimulatedHistory history) {
        SimulatedLoop loop = new SimulatedLoop();
        SimulatedLog log = new SimulatedLog(loop, history);
        SimulatedInstance instance = new SimulatedInstance(loop, log, payload -> true, 1);
        Duration time = loop.runUntil(() -> !instance.sink.accepted().isEmpty(), PATIENCE);
        instance.stop();
        String found = instance.sink.accepted().get(0).strip();
        if (!found.equals("1") || !instance.sink.breaches().isEmpty()) {
            throw new IllegalStateException(
                    "Found the last but " + found + " of " + history + "; " + instance.sink.breaches());
        }
        return Result.of(log, time);
    }

    /** Reads from the first record to the tip as fast as the limits allow, and is never throttled. */
    public static Result byReadingAll(SimulatedHistory history) {
        return byReadingAll(history, Duration.ofMillis(200), pay -> pay);
    }

    /**
     * Reads from the first record to the tip with a fixed time between two reads.
     *
     * @param interval this time, or a multiple of it where it would be throttled
     */
    public static Result byReadingAll(SimulatedHistory history, Duration interval) {
        return byReadingAll(
                history,
                interval,
                pay -> interval.multipliedBy(pay.plus(interval).minusNanos(1).dividedBy(interval)));
    }

    private static Result byReadingAll(SimulatedHistory history, Duration least, UnaryOperator<Duration> untilServed) {
        SimulatedLoop loop = new SimulatedLoop();
        SimulatedLog log = new SimulatedLog(loop, history);
        Scan scan = new Scan(loop, log, least, untilServed, new AtomicBoolean());
        new Scope(loop)
                .then(
                        log.shards(),
                        shards -> new Scope(loop)
                                .then(
                                        log.iterator(shards.get(0).shardId(), new Start.Horizon()),
                                        scan::read,
                                        SimulatedSearch::unexpected),
                        SimulatedSearch::unexpected);
        return Result.of(log, loop.runUntil(scan.done::get, PATIENCE));
    }

    private record Scan(
            SimulatedLoop loop,
            SimulatedLog log,
            Duration least,
            UnaryOperator<Duration> untilServed,
            AtomicBoolean done) {

        void read(String iterator) {
            new Scope(loop).then(log.records(iterator, PageSize.MOST), this::page, SimulatedSearch::unexpected);
        }

        private void page(Page page) {
            String next = page.next();
            if (page.isEmptyTip() || next == null) {
                done.set(true);
                return;
            }
            Duration pay = SimulatedLimits.toPayFor((long) page.records().size() * SimulatedLog.RECORD_BYTES);
            Duration wait = untilServed.apply(pay);
            loop.after(wait.compareTo(least) > 0 ? wait : least, () -> read(next));
        }
    }

    private static void unexpected(Throwable thrown) {
        throw new IllegalStateException(thrown);
    }
}
