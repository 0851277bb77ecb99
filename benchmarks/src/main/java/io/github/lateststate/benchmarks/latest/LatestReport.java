package io.github.lateststate.benchmarks.latest;

import static io.github.lateststate.benchmarks.latest.TimeToLatest.FLOOR;
import static io.github.lateststate.benchmarks.latest.TimeToLatest.OURS;
import static io.github.lateststate.benchmarks.latest.TimeToLatest.PEERS;
import static java.util.stream.Collectors.joining;

import io.github.lateststate.benchmarks.report.Figures;
import io.github.lateststate.benchmarks.report.Goal;
import io.github.lateststate.benchmarks.report.Plot;
import io.github.lateststate.benchmarks.report.Sample;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The results, as a section of the page. */
final class LatestReport {

    private LatestReport() {}

    static Section of(List<Measured> results) {
        List<Table> tables = new ArrayList<>();
        List<Plot> plots = new ArrayList<>();
        List<Double> steepness = new ArrayList<>();
        List<Double> faster = new ArrayList<>();
        for (int partitions : results.stream()
                .map(result -> result.topic().partitions())
                .distinct()
                .toList()) {
            List<Measured> byLength = results.stream()
                    .filter(result -> result.topic().partitions() == partitions)
                    .toList();
            Measured longest = byLength.get(byLength.size() - 1);
            String where = partitions == 1 ? "one partition" : partitions + " partitions";
            tables.add(table(where, byLength, longest));
            plots.add(plot("latest-" + partitions, where, byLength));
            steepness.add(longest.ratio(OURS, FLOOR) / byLength.get(0).ratio(OURS, FLOOR));
            PEERS.stream()
                    .filter(peer -> peer.readsTheLog() || longest.of(peer).median() > TimeToLatest.SLOW_MILLIS)
                    .forEach(peer -> faster.add(longest.ratio(peer, OURS)));
        }
        double toFloor = Sample.of(results.stream()
                        .map(result -> result.ratio(OURS, FLOOR))
                        .toList())
                .max();
        return new Section(
                "Time to the latest state",
                method(),
                tables,
                plots,
                goals(
                        onePartition(results),
                        toFloor,
                        Sample.of(steepness).max(),
                        Sample.of(faster).min()));
    }

    /** Judges the median, over the lengths, of the ratio to the floor. */
    private static Goal onePartition(List<Measured> results) {
        Peer fastest = PEERS.stream()
                .filter(peer -> peer != FLOOR && !(peer instanceof OurState))
                .min(Comparator.comparingDouble(peer -> toFloor(results, peer)))
                .orElseThrow();
        double ours = toFloor(results, OURS);
        double theirs = toFloor(results, fastest);
        return new Goal(
                "one partition, the median of all lengths: at most 1.25 × the floor, and faster than every peer",
                Figures.ratio(ours) + "; the fastest peer, " + fastest.name() + ", " + Figures.ratio(theirs),
                ours <= 1.25 && ours < theirs);
    }

    private static double toFloor(List<Measured> results, Peer peer) {
        return Sample.of(results.stream()
                        .filter(result -> result.topic().partitions() == 1)
                        .map(result -> result.ratio(peer, FLOOR))
                        .toList())
                .median();
    }

    private static List<Goal> goals(Goal onePartition, double toFloor, double steepest, double nearest) {
        return List.of(
                onePartition,
                new Goal(
                        "at most 1.5 × the floor, on every topic",
                        "at worst " + Figures.ratio(toFloor),
                        toFloor <= 1.5),
                new Goal(
                        "flat in the length of the log: the ratio to the floor grows with it by at most a quarter",
                        "on the longest log, " + Figures.ratio(steepest) + " the ratio on the shortest",
                        steepest <= 1.25),
                new Goal(
                        "on the longest log, at least 50 × faster than each peer that reads it all or joins a classic group",
                        "the fastest of them takes " + Figures.ratio(nearest) + " the time",
                        nearest >= 50));
    }

    private static Table table(String where, List<Measured> byLength, Measured longest) {
        List<String> header = new ArrayList<>(List.of("Milliseconds"));
        byLength.forEach(result -> header.add(
                String.format(Locale.ROOT, "%,d records", result.topic().records())));
        header.add("longest log, to the floor");
        Table table = Table.of("From `open` to the latest state, " + where + ".", header);
        for (Peer peer : PEERS) {
            List<String> row = new ArrayList<>(List.of(peer.name()));
            byLength.forEach(result -> row.add(result.of(peer).medianAndRange()));
            row.add(Figures.ratio(longest.ratio(peer, FLOOR)));
            table.add(row);
        }
        return table;
    }

    private static Plot plot(String name, String where, List<Measured> byLength) {
        List<Double> lengths = byLength.stream()
                .map(result -> (double) result.topic().records())
                .toList();
        List<Plot.Line> lines = PEERS.stream()
                .map(peer -> new Plot.Line(
                        peer.name(),
                        lengths,
                        byLength.stream()
                                .map(result -> result.of(peer).median())
                                .toList()))
                .toList();
        return new Plot(
                name, "Time to the latest state, " + where, "records in the log", "milliseconds (median)", true, lines);
    }

    private static String method() {
        return """
                A run lasts from `open` until the value can be used; closing is not counted. Every run checks the value. The length is that of all partitions together.
                A reader has to fetch the batch of the last record whole, so the last ten of each partition were sent one by one. The broker is a child JVM with
                Kafka's own default of 3 s for `group.initial.rebalance.delay.ms`. Runs were taken in turns, in a random order: %d of each reader, or %d if it takes over a second.

                The ratio to the floor shows whether the time grows with the length of the log. The time alone does not: ten records fill only 10 of 64 partitions, so
                every reader has less to read.

                """.formatted(TimeToLatest.RUNS, TimeToLatest.SLOW_RUNS)
                + PEERS.stream()
                        .map(peer -> "- **" + peer.name() + "**: " + peer.setUp())
                        .collect(joining("\n"));
    }
}
