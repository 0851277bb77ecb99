package io.github.lateststate.benchmarks.instances;

import static java.util.stream.Collectors.joining;

import io.github.lateststate.benchmarks.followers.Way;
import io.github.lateststate.benchmarks.report.Figures;
import io.github.lateststate.benchmarks.report.Plot;
import io.github.lateststate.benchmarks.report.Sample;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What was measured, as a section of the page. */
final class InstancesReport {

    private InstancesReport() {}

    static Section of(List<Herd> herds) {
        return new Section(
                "Many instances on one broker",
                method(),
                List.of(start(herds), updates(herds), requests(herds)),
                List.of(plot(herds)),
                List.of());
    }

    private static Table start(List<Herd> herds) {
        Table table = Table.of(
                "All started at the same moment: seconds until so many had their value, and what the broker had to do for it.",
                "",
                "first",
                "half",
                "99 %",
                "all",
                "requests",
                "of each instance",
                "broker, s of processor");
        for (Herd herd : herds) {
            Sample ready = herd.readySeconds();
            long requests = sum(herd.startRequests());
            table.add(
                    label(herd),
                    Figures.of(ready.min()),
                    Figures.of(ready.median()),
                    Figures.of(ready.percentile(99)),
                    Figures.of(ready.max()),
                    Figures.of((double) requests),
                    Figures.of((double) requests / ready.size()),
                    Figures.of(herd.startBrokerCpuSeconds()));
        }
        return table;
    }

    private static Table updates(List<Herd> herds) {
        Table table = Table.of(
                "Then: requests a second while nothing happens, and milliseconds until an update could be read at so many.",
                "",
                "idle requests a second",
                "of each instance",
                "first",
                "half",
                "99 %",
                "all");
        for (Herd herd : herds) {
            table.add(
                    label(herd),
                    Figures.of(herd.idleRequestsPerSecond()),
                    Figures.of(
                            herd.idleRequestsPerSecond() / herd.readySeconds().size()),
                    herd.updateMillis(0).medianAndRange(),
                    herd.updateMillis(50).medianAndRange(),
                    herd.updateMillis(99).medianAndRange(),
                    herd.updateMillis(100).medianAndRange());
        }
        return table;
    }

    private static Table requests(List<Herd> herds) {
        Table table = Table.of("Requests by type.", "", "start-up", "idle span");
        for (Herd herd : herds) {
            table.add(label(herd), list(herd.startRequests()), list(herd.idleRequests()));
        }
        return table;
    }

    private static Plot plot(List<Herd> herds) {
        List<Plot.Line> lines = new ArrayList<>();
        for (Herd herd : herds) {
            List<Double> percent = new ArrayList<>();
            List<Double> seconds = new ArrayList<>();
            for (int share = 0; share <= 100; share += 5) {
                percent.add((double) share);
                seconds.add(herd.readySeconds().percentile(share));
            }
            lines.add(new Plot.Line(herd.way().label(), seconds, percent));
        }
        return new Plot("instances", "All started at once", "seconds", "% that have their value", false, lines);
    }

    private static String label(Herd herd) {
        return herd.way().label() + ", " + herd.readySeconds().size();
    }

    private static String list(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(joining(", "));
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String method() {
        return """
                %d instances in %d JVMs, on one topic of one partition. Each has clients of its own, as instances in as many containers have: a setting that does not
                matter (`metadata.max.age.ms`, a few milliseconds more than its default) is another for each, so that nothing can be shared. Each JVM had opened and
                closed one before, and the JVM of the broker had served %d of each kind. Unlike real instances, all of them and the broker share the cores of one machine,
                so that the start-up is mostly the making of Kafka clients; what the broker has to do for them is the figure to take away. The broker (one network thread,
                two I/O threads) is in another JVM; its processor time is that of its JVM, and requests are by its own metrics. After the start %d s of nothing were
                measured, then %d updates, from `send` (`acks=all`, no linger) to the moment they can be read; the clocks of JVMs on one machine are one clock. The run
                fails unless every instance has had every update.

                - **%s**: no other setting than the brokers and that one.
                - **%s**: a thread and a `KafkaConsumer` with the defaults, `assign`, `seek` to end − 1, and `poll` in a loop. It notices no trouble.
                """.formatted(
                        ManyInstances.JVMS * ManyInstances.IN_EACH,
                        ManyInstances.JVMS,
                        ManyInstances.IN_EACH,
                        ManyInstances.SPAN.toSeconds(),
                        ManyInstances.UPDATES,
                        Way.OURS.label(),
                        Way.PLAIN_LOOP.label());
    }
}
