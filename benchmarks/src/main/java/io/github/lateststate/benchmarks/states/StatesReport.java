package io.github.lateststate.benchmarks.states;

import static java.util.stream.Collectors.joining;

import io.github.lateststate.benchmarks.followers.Way;
import io.github.lateststate.benchmarks.report.Figures;
import io.github.lateststate.benchmarks.report.Goal;
import io.github.lateststate.benchmarks.report.Plot;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The results, as a section of the page. */
final class StatesReport {

    private StatesReport() {}

    static Section of(List<Opened> opened) {
        List<Rounds> results = Rounds.of(opened);
        Rounds most = results.stream()
                .filter(result -> result.what().way() == Way.OURS_SHARED)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        String who = Rounds.states(most.what().count()) + " that share their clients";
        double threads = most.sample(Opened::threads).max();
        double heap = most.sample(Opened::heapMebibytes).max();
        return new Section(
                "Many states in one JVM",
                method(),
                List.of(
                        costs(results),
                        ratios(results),
                        byName(
                                "Threads by name, digits as #, in the last round.",
                                results,
                                result -> result.added().threads()),
                        byName(
                                "Requests of the idle span, by type, in the last round.",
                                results,
                                one -> one.requests().byType())),
                List.of(
                        plot("states-heap", "Heap of one JVM", "MiB (median)", results, Opened::heapMebibytes),
                        plot("states-threads", "Threads of one JVM", "threads (median)", results, Opened::threads)),
                List.of(
                        new Goal("at most 4 threads for " + who, "at most " + Rounds.whole(threads), threads <= 4),
                        new Goal(
                                "at most 64 MiB of heap for " + who,
                                "at most " + Figures.of(heap) + " MiB",
                                heap <= 64)));
    }

    private static Table costs(List<Rounds> results) {
        Table table = Table.of(
                "What idle states add to an empty JVM.",
                "",
                "heap, MiB",
                "threads",
                "sockets",
                "requests a second",
                "processor, % of a core",
                "all ready, s");
        for (Rounds result : results) {
            table.add(
                    result.what().label(),
                    result.cell(Opened::heapMebibytes),
                    result.count(Opened::threads),
                    result.count(Opened::sockets),
                    result.cell(one -> one.requests().perSecond()),
                    result.cell(Opened::cpuPercent),
                    result.cell(Opened::readySeconds));
        }
        return table;
    }

    private static Table ratios(List<Rounds> results) {
        Table table = Table.of(
                "The same, as ratios to as many plain poll loops.",
                "",
                "heap",
                "threads",
                "sockets",
                "requests",
                "processor",
                "all ready");
        for (Rounds result : results) {
            if (result.what().way() != Way.PLAIN_LOOP) {
                Rounds loops = loops(results, result.what().count());
                table.add(
                        result.what().label(),
                        result.ratio(Opened::heapMebibytes, loops),
                        result.ratio(Opened::threads, loops),
                        result.ratio(Opened::sockets, loops),
                        result.ratio(one -> one.requests().perSecond(), loops),
                        result.ratio(Opened::cpuPercent, loops),
                        result.ratio(Opened::readySeconds, loops));
            }
        }
        return table;
    }

    private static Rounds loops(List<Rounds> results, int count) {
        return results.stream()
                .filter(result ->
                        result.what().way() == Way.PLAIN_LOOP && result.what().count() == count)
                .findFirst()
                .orElseThrow();
    }

    private static <N extends Number> Table byName(
            String caption, List<Rounds> results, Function<Opened, Map<String, N>> counts) {
        Table table = Table.of(caption, "", "how many");
        for (Rounds result : results) {
            table.add(
                    result.what().label(),
                    counts.apply(result.last()).entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + entry.getValue())
                            .collect(joining(", ")));
        }
        return table;
    }

    private static Plot plot(
            String name, String title, String unit, List<Rounds> results, ToDoubleFunction<Opened> figure) {
        List<Plot.Line> lines = new ArrayList<>();
        for (Way way : Way.values()) {
            List<Rounds> line = results.stream()
                    .filter(result ->
                            result.what().way() == way && !result.what().oneTopic())
                    .toList();
            lines.add(new Plot.Line(
                    way.label(),
                    line.stream().map(result -> (double) result.what().count()).toList(),
                    line.stream()
                            .map(result -> result.sample(figure).median())
                            .map(value -> Math.max(value, 0.01)) // zero has no logarithm
                            .toList()));
        }
        return new Plot(name, title, "states, of as many topics", unit, true, lines);
    }

    private static String method() {
        return """
                Each row is a fresh JVM (`%s`) that opens that many states at once, each of its own topic unless stated otherwise. Each topic has one partition and
                one record. The run fails unless every state holds the value of its own topic. All figures are above what the same JVM had before it opened the first
                state. Heap is what a full collection leaves, including classes that were loaded on the way. Sockets are file descriptors.

                "All ready" is in a cold JVM, with the broker on the same cores. From %d s after that, %d s of idling were measured: the requests that the broker
                answered, by its own metrics, and the processor time of the JVM. The broker is in another JVM. The figures are of %d rounds in turns. The last row was
                measured once.

                - **%s**: the brokers are the only setting.
                - **%s**: also `state.share.clients=true`. The goals are about these rows. One state can then hold up the others, so sharing is off by default:
                  see [the decision](decisions/a-thousand-states.md). States of one topic have a consumer each even then.
                - **%s**: a thread and a `KafkaConsumer` for each topic, with the defaults and `read_committed`, `assign`, `seek` to end − 1, and `poll` in a loop. It notices no trouble.
                """.formatted(
                        String.join(" ", ManyStates.JVM),
                        ManyStates.SETTLE.toSeconds(),
                        ManyStates.SPAN.toSeconds(),
                        ManyStates.ROUNDS,
                        Way.OURS.label(),
                        Way.OURS_SHARED.label(),
                        Way.PLAIN_LOOP.label());
    }
}
