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

/** What was measured, as a section of the page. */
final class StatesReport {

    private StatesReport() {}

    static Section of(List<Opened> results) {
        Opened most = results.stream()
                .filter(result -> result.way() == Way.OURS_SHARED)
                .reduce((earlier, later) -> later)
                .orElseThrow();
        return new Section(
                "Many states in one JVM",
                method(),
                List.of(
                        costs(results),
                        byName(
                                "Threads by name, digits as #.",
                                results,
                                result -> result.added().threads()),
                        byName("Requests of the idle span, by type.", results, Opened::requests)),
                List.of(
                        plot("states-heap", "Heap of one JVM", "MiB", results, Opened::heapMebibytes),
                        plot(
                                "states-threads",
                                "Threads of one JVM",
                                "threads",
                                results,
                                result -> result.added().threadCount())),
                List.of(
                        new Goal(
                                "at most 4 threads for " + states(most.count()) + " that share their clients",
                                Integer.toString(most.added().threadCount()),
                                most.added().threadCount() <= 4),
                        new Goal(
                                "at most 64 MiB of heap for " + states(most.count()) + " that share their clients",
                                Figures.of(most.heapMebibytes()) + " MiB",
                                most.heapMebibytes() <= 64)));
    }

    private static Table costs(List<Opened> results) {
        Table table = Table.of(
                "What idle states add to an empty JVM.",
                "",
                "heap, MiB",
                "threads",
                "sockets",
                "requests a second",
                "processor, % of a core",
                "all ready, s");
        for (Opened result : results) {
            table.add(
                    label(result),
                    Figures.of(result.heapMebibytes()),
                    Integer.toString(result.added().threadCount()),
                    Integer.toString(result.added().sockets()),
                    Figures.of(result.requestsPerSecond()),
                    Figures.of(result.cpuPercent()),
                    Figures.of(result.readySeconds()));
        }
        return table;
    }

    private static <N extends Number> Table byName(
            String caption, List<Opened> results, Function<Opened, Map<String, N>> counts) {
        Table table = Table.of(caption, "", "how many");
        for (Opened result : results) {
            table.add(
                    label(result),
                    counts.apply(result).entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + entry.getValue())
                            .collect(joining(", ")));
        }
        return table;
    }

    private static Plot plot(
            String name, String title, String unit, List<Opened> results, ToDoubleFunction<Opened> figure) {
        List<Plot.Line> lines = new ArrayList<>();
        for (Way way : Way.values()) {
            List<Opened> line = results.stream()
                    .filter(result -> result.way() == way && !result.oneTopic())
                    .toList();
            lines.add(new Plot.Line(
                    way.label(),
                    line.stream().map(result -> (double) result.count()).toList(),
                    line.stream()
                            .map(figure::applyAsDouble)
                            .map(value -> Math.max(value, 0.01)) // nothing has no logarithm
                            .toList()));
        }
        return new Plot(name, title, "states, of as many topics", unit, true, lines);
    }

    private static String label(Opened result) {
        return result.way().label() + ", " + states(result.count()) + (result.oneTopic() ? " of one topic" : "");
    }

    private static String states(int count) {
        return Figures.of(count).replace(".00", "") + (count == 1 ? " state" : " states");
    }

    private static String method() {
        return """
                Each row is a fresh JVM (`%s`) that opens that many states at once, of one topic each where nothing else is said; each topic has one partition and
                one record, and the run fails unless every state holds the value of its own topic. All is above what the same JVM had before the first was opened:
                heap is what a full collection leaves, classes loaded on the way included; sockets are file descriptors. Once all were ready, and %d s later, %d s of
                nothing were measured: the requests that the broker answered, by its own metrics, and the processor time of the JVM. The broker is in another JVM.
                "All ready" is in a cold JVM, with the broker on the same cores.

                - **%s**: no other setting than the brokers.
                - **%s**: also `state.share.clients=true`, which is what the goals are about. One state can then hold up the others, so that it has to be asked for:
                  see [the decision](decisions/a-thousand-states.md). States of one topic have a consumer each all the same.
                - **%s**: for each topic a thread and a `KafkaConsumer` with the defaults, `assign`, `seek` to end − 1, and `poll` in a loop. It notices no trouble.
                """.formatted(
                        String.join(" ", ManyStates.JVM),
                        ManyStates.SETTLE.toSeconds(),
                        ManyStates.SPAN.toSeconds(),
                        Way.OURS.label(),
                        Way.OURS_SHARED.label(),
                        Way.PLAIN_LOOP.label());
    }
}
