package io.github.lateststate.benchmarks.kinesis;

import io.github.lateststate.benchmarks.Scale;
import io.github.lateststate.benchmarks.report.Figures;
import io.github.lateststate.benchmarks.report.Goal;
import io.github.lateststate.benchmarks.report.Plot;
import io.github.lateststate.benchmarks.report.Sample;
import io.github.lateststate.benchmarks.report.Table;
import io.github.lateststate.kinesis.SimulatedHerd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How fast an update reaches all of many instances that share the reads of one shard. */
record Herds(List<Herd> ours, List<Herd> naive) {

    static final String METHOD = """
            **Many instances on one shard.** All start at once. Half an hour later updates are written, each 30 s after every instance has received the one before.
            DescribeStreamSummary is served 20 times per second, ListShards 1,000 times. The figures of the updates are means over %d of them; one column shows the
            slowest. Five reads per second serve N instances in N/5 s at best, if each knows its turn, and half of them in N/10 s.

            - **latest-state**: polling, as it is by default.
            - **every second**: each reads every second, up to 100 ms late, and a second later if it was throttled. Samples do this, as KCL does if each instance
              is its own application. The more alike their timing, the longer the same ones win. They begin at once, and receive %d updates.

            These limits do not hold for enhanced fan-out: each consumer has 2 MB/s of its own. It receives a record after
            [70 ms on average](https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html). A stream has
            [20 consumers, or 50 with On-demand Advantage](https://docs.aws.amazon.com/kinesis/latest/APIReference/API_RegisterStreamConsumer.html), and AWS bills each.
            With `state.fan.out=enhanced` the first 20 instances use it, and the others poll.
            """.formatted(Herd.UPDATES, Herd.NAIVE_UPDATES);

    private static final List<Integer> SIZES = List.of(1, 5, 10, 50, 100, 200, 500, 1_000);
    private static final int READS_PER_SECOND = 5;
    private static final int MOST_WITHOUT_THROTTLING = 50;
    private static final double MOST_TURNS = 10;

    /** One herd and its results. */
    private record Herd(int instances, SimulatedHerd.Result seen) {

        static final int UPDATES = 10;
        static final int NAIVE_UPDATES = 2;
        static final long SEED = 7_000;

        /** The time that reading in turns would take, or the interval of one instance if that is longer. */
        double turns() {
            return Math.max(1, (double) instances / READS_PER_SECOND);
        }

        double mean(double percent) {
            return seen.updates().stream()
                    .mapToDouble(update -> sample(update).percentile(percent))
                    .average()
                    .orElseThrow();
        }

        double slowest() {
            return seen.updates().stream()
                    .mapToDouble(update -> sample(update).max())
                    .max()
                    .orElseThrow();
        }

        Sample first() {
            return sample(seen.first());
        }

        double calls() {
            return seen.servedPerSecond() + seen.throttledPerSecond();
        }

        private static Sample sample(List<Duration> times) {
            return Sample.of(times.stream().map(time -> time.toMillis() / 1e3).toList());
        }
    }

    static Herds run(Scale scale) {
        List<Herd> ours = new ArrayList<>();
        List<Herd> naive = new ArrayList<>();
        for (int size : scale.of(List.of(2), SIZES)) {
            ours.add(new Herd(size, SimulatedHerd.ofInstances(size, scale.of(1, Herd.UPDATES), Herd.SEED)));
            naive.add(new Herd(size, SimulatedHerd.ofNaiveReaders(size, scale.of(1, Herd.NAIVE_UPDATES), Herd.SEED)));
        }
        return new Herds(ours, naive);
    }

    Table table() {
        Table table = Table.of(
                "Many instances on one shard: seconds until they have their first state, and until they have an update.",
                "instances",
                "",
                "first state: half",
                "all",
                "update: half",
                "99 %",
                "all",
                "slowest update",
                "to N/5",
                "reads served/s",
                "throttled");
        for (int i = 0; i < ours.size(); i++) {
            add(table, "latest-state", ours.get(i));
            add(table, "every second", naive.get(i));
        }
        return table;
    }

    private static void add(Table table, String name, Herd herd) {
        table.add(
                Spans.number(herd.instances),
                name,
                Figures.of(herd.first().median()),
                Figures.of(herd.first().max()),
                Figures.of(herd.mean(50)),
                Figures.of(herd.mean(99)),
                Figures.of(herd.mean(100)),
                Figures.of(herd.slowest()),
                Figures.ratio(herd.mean(100) / herd.turns()),
                Figures.of(herd.seen.servedPerSecond()),
                Figures.of(100 * herd.seen.throttledPerSecond() / herd.calls()) + " %");
    }

    List<Plot> plots() {
        return List.of(
                new Plot(
                        "kinesis-herd",
                        "Until an update has reached half and all of the instances on one shard",
                        "instances",
                        "seconds (mean)",
                        true,
                        List.of(
                                line("latest-state, all", ours, herd -> herd.mean(100)),
                                line("latest-state, half", ours, herd -> herd.mean(50)),
                                line("every second, all", naive, herd -> herd.mean(100)),
                                line("every second, half", naive, herd -> herd.mean(50)),
                                line("reading in turns, all", ours, Herd::turns))),
                new Plot(
                        "kinesis-herd-reads",
                        "GetRecords calls on one shard, of which 5/s are served",
                        "instances",
                        "calls/s, throttled ones too",
                        true,
                        List.of(line("latest-state", ours, Herd::calls), line("every second", naive, Herd::calls))));
    }

    private static Plot.Line line(String name, List<Herd> herds, ToDoubleFunction<Herd> value) {
        return new Plot.Line(
                name,
                herds.stream().map(herd -> (double) herd.instances).toList(),
                herds.stream().map(value::applyAsDouble).toList());
    }

    List<Goal> goals() {
        double most = ours.stream()
                .filter(herd -> herd.instances <= MOST_WITHOUT_THROTTLING)
                .mapToDouble(Herd::calls)
                .max()
                .orElseThrow();
        double slowest = ours.stream()
                .mapToDouble(herd -> herd.slowest() / herd.turns())
                .max()
                .orElseThrow();
        return List.of(
                new Goal(
                        "at most 5 GetRecords calls per second by up to " + MOST_WITHOUT_THROTTLING
                                + " instances together, throttled ones included",
                        "at most " + Figures.of(most) + "/s",
                        most <= READS_PER_SECOND),
                new Goal(
                        "no instance starves: each has each update within " + (int) MOST_TURNS
                                + " × the time that reading in turns would take",
                        "the last instance, at the slowest update, " + Figures.ratio(slowest),
                        slowest <= MOST_TURNS));
    }
}
