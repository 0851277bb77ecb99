package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.services.kinesis.model.Record;

/** For benchmarks: many instances that follow one shard, in simulated time. */
public final class SimulatedHerd {

    private static final Duration PATIENCE = Duration.ofDays(2);

    /** The time until all have found their pace. */
    private static final Duration SETTLED_AFTER = Duration.ofMinutes(30);

    private static final String SHARD = "shardId-000000000000";

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedKinesis kinesis =
            new SimulatedKinesis(loop, loop.now().minus(Duration.ofDays(1)));
    private final int instances;
    private List<Duration> arrivals = new ArrayList<>();
    private Instant put = loop.now();

    private SimulatedHerd(int instances) {
        this.instances = instances;
    }

    /**
     * The measurements.
     *
     * @param first from the common start, ascending: when each instance had the state that existed then
     * @param updates for each update, ascending: when each instance had it
     * @param servedPerSecond successful reads during the updates
     * @param throttledPerSecond throttled reads during the updates
     */
    public record Result(
            List<Duration> first, List<List<Duration>> updates, double servedPerSecond, double throttledPerSecond) {}

    /**
     * Follows with instances of this library, which have found their pace when the updates begin.
     *
     * @param updates how many; each is written half a minute after all instances had the one before
     */
    public static Result ofInstances(int instances, int updates, long seed) {
        return new SimulatedHerd(instances).run(SETTLED_AFTER, updates, (herd, number) -> {
            new SimulatedInstance(herd.loop, herd.kinesis, herd::arrived, seed + number);
        });
    }

    /**
     * Follows with readers that read every second, and again after a second if they were throttled. Each wakes up to
     * 100 ms late.
     *
     * @param updates how many; each is written half a minute after all readers had the one before
     */
    public static Result ofNaiveReaders(int instances, int updates, long seed) {
        Random random = new Random(seed);
        return new SimulatedHerd(instances)
                .run(Duration.ZERO, updates, (herd, number) -> new Naive(herd, random).start());
    }

    private interface Starter {
        void start(SimulatedHerd herd, int number);
    }

    private Result run(Duration settledAfter, int updates, Starter starter) {
        kinesis.put(SHARD, loop.now().minusSeconds(60), "0");
        for (int i = 0; i < instances; i++) {
            starter.start(this, i);
        }
        List<Duration> first = allArrived();
        loop.run(settledAfter);
        Instant begin = loop.now();
        int served = kinesis.calls(SimulatedCall.RECORDS);
        int throttled = throttled();
        List<List<Duration>> all = new ArrayList<>();
        for (int update = 1; update <= updates; update++) {
            arrivals = new ArrayList<>();
            put = loop.now();
            kinesis.put(Integer.toString(update));
            all.add(allArrived());
            loop.run(Duration.ofSeconds(30));
        }
        double seconds = Duration.between(begin, loop.now()).toMillis() / 1e3;
        return new Result(
                first,
                all,
                (kinesis.calls(SimulatedCall.RECORDS) - served) / seconds,
                (throttled() - throttled) / seconds);
    }

    private int throttled() {
        return kinesis.throttled.getOrDefault(SimulatedCall.RECORDS, 0);
    }

    private List<Duration> allArrived() {
        loop.runUntil(() -> arrivals.size() == instances, PATIENCE);
        return List.copyOf(arrivals);
    }

    private boolean arrived(String payload) {
        arrivals.add(Duration.between(put, loop.now()));
        return true;
    }

    /** A reader that does not adapt to the others. */
    private static final class Naive {

        private static final Duration EVERY = Duration.ofSeconds(1);
        private static final Duration MOST_LATE = Duration.ofMillis(100);

        private final SimulatedHerd herd;
        private final Random random;
        private Start from;

        Naive(SimulatedHerd herd, Random random) {
            this.herd = herd;
            this.random = random;
            this.from = new Start.At(herd.loop.now().minus(WindowPlan.FIRST));
        }

        /** They start within a second, not all at the same instant. */
        void start() {
            herd.loop.after(upTo(EVERY), this::begin);
        }

        private void begin() {
            new Scope(herd.loop).then(herd.kinesis.iterator(SHARD, from), this::read, throttled -> soon(this::begin));
        }

        private void read(String iterator) {
            new Scope(herd.loop)
                    .then(
                            herd.kinesis.records(iterator, PageSize.MOST),
                            this::page,
                            failed ->
                                    soon(Trouble.of(failed) == Trouble.THROTTLED ? () -> read(iterator) : this::begin));
        }

        private void page(Page page) {
            for (Record record : page.records()) {
                from = new Start.After(record.sequenceNumber());
                herd.arrived(record.sequenceNumber());
            }
            String next = page.next();
            soon(next == null ? this::begin : () -> read(next));
        }

        private void soon(Runnable action) {
            herd.loop.after(EVERY.plus(upTo(MOST_LATE)), action);
        }

        private Duration upTo(Duration most) {
            return Duration.ofNanos(random.nextLong(most.toNanos()));
        }
    }
}
