package io.github.lateststate.benchmarks.kinesis;

import io.github.lateststate.benchmarks.Scale;
import io.github.lateststate.benchmarks.report.Figures;
import io.github.lateststate.benchmarks.report.Goal;
import io.github.lateststate.benchmarks.report.Plot;
import io.github.lateststate.benchmarks.report.Table;
import io.github.lateststate.kinesis.SimulatedHistory;
import io.github.lateststate.kinesis.SimulatedSearch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How a starting instance finds the last record. */
record Searches(List<Searched> all) {

    static final String METHOD = """
            The library's own classes run against a model of Kinesis, in simulated time: nothing here was measured on AWS. Each call takes 20 ms; AWS publishes no
            figure. A shard serves 5 GetRecords and 5 GetShardIterator calls per second. A read returns at most 10,000 records. A shard serves 2 MB/s, so a read of
            10 MB blocks all others for 5 s ([quotas](https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html)).

            **Finding the last record.** A stream of one shard holds records of 1 KiB. They were written at a steady rate, or only once; the last one has the given
            age. AWS does not publish how much idle time one read skips, so both extremes are shown. The model never reports with a record that it is the last one:
            the read after it does. A cell shows the calls of GetShardIterator + GetRecords + ListShards that were served, the time, and the bytes.

            - **latest-state**: from `open` to the last record, including the 0.5 s of jitter before it starts.
            - **all**: from TRIM_HORIZON to the tip, by a reader that is never throttled and leaves nothing of the limits to others.
            - **as KCL**: the same with 1 s between reads and 10,000 records per read, or whole seconds more if it would be throttled. AWS's page on
              [low latency](https://docs.aws.amazon.com/streams/latest/dev/kinesis-low-latency.html) gives 1 s as the default. Its list of
              [settings](https://docs.aws.amazon.com/streams/latest/dev/kcl-configuration.html) gives 1,500 ms, 10,000 records, and TRIM_HORIZON as the start.
              KCL also takes time to create its DynamoDB table and to get a lease. AWS does not publish that time, so it is not counted. With LATEST, KCL never finds
              a record that is there already, but only the next one.
            """;

    private static final Duration ANY = Duration.ofDays(1_000);
    private static final List<Duration> CROSSED = List.of(ANY, Duration.ofMinutes(5));
    private static final List<Duration> RETENTIONS =
            List.of(Duration.ofHours(24), Duration.ofDays(7), Duration.ofDays(365));
    private static final List<Duration> AGES = List.of(
            Duration.ofSeconds(1),
            Duration.ofHours(1),
            Duration.ofDays(1),
            Duration.ofDays(3),
            Duration.ofDays(7),
            Duration.ofDays(100),
            Duration.ofDays(364)); // at 365 days it would be gone before it is found

    /** What was written before the last record. */
    private enum Log {
        IDLE("nothing else", Duration.ZERO),
        SLOW("1 record/s", Duration.ofSeconds(1)),
        BUSY("100 records/s", Duration.ofMillis(10));

        private final String text;
        private final Duration period;

        Log(String text, Duration period) {
            this.text = text;
            this.period = period;
        }
    }

    private record Searched(
            Log log,
            SimulatedHistory history,
            SimulatedSearch.Result ours,
            SimulatedSearch.Result all,
            SimulatedSearch.Result likeKcl) {

        static Searched of(Log log, Duration age, Duration retention, Duration crossed) {
            SimulatedHistory history = new SimulatedHistory(age, log.period, retention, crossed);
            return new Searched(
                    log,
                    history,
                    SimulatedSearch.byLookingBack(history),
                    SimulatedSearch.byReadingAll(history),
                    SimulatedSearch.byReadingAll(history, Duration.ofSeconds(1)));
        }

        double ofAll() {
            return seconds(ours.time()) / seconds(all.time());
        }

        String describe() {
            return log.text + ", retention " + Spans.of(history.retention()) + ", age " + Spans.of(history.age());
        }
    }

    static Searches run(Scale scale) {
        List<Searched> all = new ArrayList<>();
        for (Log log : scale.of(List.of(Log.SLOW), List.of(Log.values()))) {
            for (Duration retention : scale.of(RETENTIONS.subList(0, 1), RETENTIONS)) {
                for (Duration age : scale.of(AGES.subList(1, 2), AGES)) {
                    for (Duration crossed : CROSSED) {
                        if (age.compareTo(retention) < 0) {
                            all.add(Searched.of(log, age, retention, crossed));
                        }
                    }
                }
            }
        }
        return new Searches(all);
    }

    List<Table> tables() {
        return logs().stream().map(this::table).toList();
    }

    List<Plot> plots() {
        return logs().stream().map(this::plot).toList();
    }

    List<Goal> goals() {
        long least = all.stream().mapToLong(one -> one.ours.bytes()).min().orElseThrow();
        Searched longest = all.stream()
                .max((one, other) -> one.ours.time().compareTo(other.ours.time()))
                .orElseThrow();
        Searched largest = all.stream()
                .max((one, other) -> Long.compare(one.ours.bytes(), other.ours.bytes()))
                .orElseThrow();
        Searched slowest = all.stream()
                .filter(one -> one.history.crossedByOneRead().equals(ANY) && one.log != Log.IDLE)
                .max(Comparator.comparingDouble(Searched::ofAll))
                .orElseThrow();
        return List.of(
                new Goal(
                        "the first record that is found is the last one, whatever its age",
                        all.size() + " histories; at worst " + Spans.of(longest.ours.time()) + ", or "
                                + Spans.bytes(largest.ours.bytes()) + ", and at best " + Spans.bytes(least),
                        true), // else the simulation has thrown
                new Goal(
                        "faster than reading all, if there is more than one record and a read skips any idle time",
                        "at worst " + Figures.ratio(slowest.ofAll()) + " its time: " + slowest.describe(),
                        slowest.ofAll() <= 1));
    }

    private List<Log> logs() {
        return all.stream().map(Searched::log).distinct().toList();
    }

    private Table table(Log log) {
        Table table = Table.of(
                "Calls, time and bytes to the last record; before it, " + log.text
                        + ". First if a read skips any idle time, then if it moves by 5 minutes.",
                "retention",
                "age",
                "latest-state",
                "all",
                "as KCL",
                "5 min: latest-state",
                "5 min: all",
                "5 min: as KCL");
        for (int i = 0; i < all.size(); i += CROSSED.size()) {
            Searched far = all.get(i);
            Searched near = all.get(i + 1);
            if (far.log == log) {
                table.add(
                        Spans.of(far.history.retention()),
                        Spans.of(far.history.age()),
                        cell(far.ours),
                        cell(far.all),
                        cell(far.likeKcl),
                        cell(near.ours),
                        cell(near.all),
                        cell(near.likeKcl));
            }
        }
        return table;
    }

    private static String cell(SimulatedSearch.Result result) {
        return Spans.number(result.iterators()) + " + " + Spans.number(result.reads()) + " + "
                + Spans.number(result.lists()) + "; " + Spans.of(result.time()) + "; " + Spans.bytes(result.bytes());
    }

    /** Uses the longest retention, which has room for all ages. */
    private Plot plot(Log log) {
        Duration longest = all.get(all.size() - 1).history.retention();
        List<Searched> shown = all.stream()
                .filter(one -> one.log == log && one.history.retention().equals(longest))
                .toList();
        List<Searched> far = shown.stream()
                .filter(one -> one.history.crossedByOneRead().equals(ANY))
                .toList();
        List<Searched> near = shown.stream()
                .filter(one -> !one.history.crossedByOneRead().equals(ANY))
                .toList();
        List<Double> ages =
                far.stream().map(one -> seconds(one.history.age()) / 3_600).toList();
        return new Plot(
                "kinesis-search-" + log.name().toLowerCase(Locale.ROOT),
                "Time to the last record, retention " + Spans.of(longest) + ", before it " + log.text,
                "age in hours",
                "seconds",
                true,
                List.of(
                        line("latest-state", ages, far.stream().map(Searched::ours)),
                        line("all", ages, far.stream().map(Searched::all)),
                        line("as KCL", ages, far.stream().map(Searched::likeKcl)),
                        line("latest-state, 5 min a read", ages, near.stream().map(Searched::ours)),
                        line("all, 5 min a read", ages, near.stream().map(Searched::all)),
                        line("as KCL, 5 min a read", ages, near.stream().map(Searched::likeKcl))));
    }

    private static Plot.Line line(String name, List<Double> ages, Stream<SimulatedSearch.Result> results) {
        return new Plot.Line(
                name, ages, results.map(result -> seconds(result.time())).toList());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }
}
