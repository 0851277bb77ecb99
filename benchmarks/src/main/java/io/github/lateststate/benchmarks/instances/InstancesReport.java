package io.github.lateststate.benchmarks.instances;

import static java.util.stream.Collectors.joining;

import io.github.lateststate.benchmarks.followers.Way;
import io.github.lateststate.benchmarks.report.Figures;
import io.github.lateststate.benchmarks.report.Goal;
import io.github.lateststate.benchmarks.report.Plot;
import io.github.lateststate.benchmarks.report.Sample;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The results, as a section of the page. */
final class InstancesReport {

    /** The herds of one way, by round. */
    private record Rounds(Way way, List<Herd> herds) {

        static List<Rounds> of(List<Herd> all) {
            return Way.EACH_BY_ITSELF.stream()
                    .map(way -> new Rounds(
                            way, all.stream().filter(herd -> herd.way() == way).toList()))
                    .toList();
        }

        Sample sample(ToDoubleFunction<Herd> figure) {
            return Sample.of(herds.stream().map(figure::applyAsDouble).toList());
        }

        String cell(ToDoubleFunction<Herd> figure) {
            return sample(figure).medianAndRange();
        }

        /** Returns the rounds' ratios. */
        Sample ratio(ToDoubleFunction<Herd> figure, Rounds to) {
            return Sample.of(IntStream.range(0, herds.size())
                    .mapToObj(
                            round -> figure.applyAsDouble(herds.get(round)) / figure.applyAsDouble(to.herds.get(round)))
                    .toList());
        }

        Herd last() {
            return herds.get(herds.size() - 1);
        }

        String label() {
            return way.label() + ", " + last().instances();
        }
    }

    private InstancesReport() {}

    static Section of(List<Herd> herds) {
        List<Rounds> ways = Rounds.of(herds);
        Rounds loop = of(Way.PLAIN_LOOP, ways);
        return new Section(
                "Many instances on one broker",
                method(),
                List.of(start(ways, loop), updates(ways, loop), requests(ways)),
                List.of(plot(ways)),
                goals(of(Way.OURS, ways), loop));
    }

    private static Rounds of(Way way, List<Rounds> ways) {
        return ways.stream().filter(rounds -> rounds.way == way).findFirst().orElseThrow();
    }

    private static List<Goal> goals(Rounds ours, Rounds loop) {
        return List.of(
                atMost(
                        12,
                        "at most 12 requests of each instance to start",
                        "",
                        ours.sample(Herd::requestsOfEachToStart)),
                atMost(
                        1.3,
                        "all are ready within 1.3 × the loop's time",
                        " ×",
                        ours.ratio(herd -> herd.readySeconds().max(), loop)),
                atMost(
                        1.6,
                        "the start costs the broker at most 1.6 × the loop's processor time",
                        " ×",
                        ours.ratio(Herd::startBrokerCpuSeconds, loop)),
                atMost(
                        2.2,
                        "at most 2.2 idle requests per second from each instance",
                        "",
                        ours.sample(Herd::idleRequestsPerSecondOfEach)),
                atMost(
                        1.05,
                        "all have an update within 1.05 × the loop's time",
                        " ×",
                        ours.ratio(herd -> herd.updateMillis(100), loop)));
    }

    private static Goal atMost(double limit, String wanted, String unit, Sample measured) {
        return new Goal(wanted, measured.medianAndRange() + unit, measured.median() <= limit);
    }

    private static Table start(List<Rounds> ways, Rounds loop) {
        Table table = Table.of(
                "All started at the same moment: seconds until this share had its value, and the broker's work for it.",
                "",
                "first",
                "half",
                "99 %",
                "all",
                "all, to the loop",
                "requests",
                "of each instance",
                "broker, s of processor",
                "that, to the loop");
        for (Rounds way : ways) {
            table.add(
                    way.label(),
                    way.cell(herd -> herd.readySeconds().min()),
                    way.cell(herd -> herd.readySeconds().median()),
                    way.cell(herd -> herd.readySeconds().percentile(99)),
                    way.cell(herd -> herd.readySeconds().max()),
                    Figures.ratio(
                            way.ratio(herd -> herd.readySeconds().max(), loop).median()),
                    way.cell(herd -> herd.start().total()),
                    way.cell(Herd::requestsOfEachToStart),
                    way.cell(Herd::startBrokerCpuSeconds),
                    Figures.ratio(way.ratio(Herd::startBrokerCpuSeconds, loop).median()));
        }
        return table;
    }

    private static Table updates(List<Rounds> ways, Rounds loop) {
        Table table = Table.of(
                "Then: requests per second while idle, and milliseconds until this share could read an update, as the median of a round's updates.",
                "",
                "idle requests a second",
                "of each instance",
                "first",
                "half",
                "99 %",
                "all",
                "all, to the loop");
        for (Rounds way : ways) {
            table.add(
                    way.label(),
                    way.cell(herd -> herd.idle().perSecond()),
                    way.cell(Herd::idleRequestsPerSecondOfEach),
                    way.cell(herd -> herd.updateMillis(0)),
                    way.cell(herd -> herd.updateMillis(50)),
                    way.cell(herd -> herd.updateMillis(99)),
                    way.cell(herd -> herd.updateMillis(100)),
                    Figures.ratio(
                            way.ratio(herd -> herd.updateMillis(100), loop).median()));
        }
        return table;
    }

    private static Table requests(List<Rounds> ways) {
        Table table = Table.of("Requests by type, in the last round.", "", "start-up", "idle span");
        for (Rounds way : ways) {
            table.add(
                    way.label(),
                    list(way.last().start().byType()),
                    list(way.last().idle().byType()));
        }
        return table;
    }

    private static Plot plot(List<Rounds> ways) {
        List<Plot.Line> lines = new ArrayList<>();
        for (Rounds way : ways) {
            List<Double> percent = new ArrayList<>();
            List<Double> seconds = new ArrayList<>();
            for (int share = 0; share <= 100; share += 5) {
                double upTo = share;
                percent.add(upTo);
                seconds.add(
                        way.sample(herd -> herd.readySeconds().percentile(upTo)).median());
            }
            lines.add(new Plot.Line(way.way.label(), seconds, percent));
        }
        return new Plot(
                "instances",
                "All started at once, median of the rounds",
                "seconds",
                "% that have their value",
                false,
                lines);
    }

    private static String list(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(joining(", "));
    }

    private static String method() {
        return """
                %d instances in %d JVMs follow one topic of one partition. Each has clients of its own, as instances in as many containers have. To share nothing,
                each one sets `metadata.max.age.ms` to a value of its own, a few milliseconds above the default. This has no other effect. Each JVM had opened
                and closed one before, and the JVM of the broker had served %d of each kind.

                Unlike real instances, these and the broker share the cores of one machine. So creating Kafka clients takes most of the start-up. The figure to
                take away is the broker's work for them. The broker (one network thread, two I/O threads) is in another JVM. Its processor time is that of its JVM, and
                its own metrics count the requests.

                They settled for %d s, in which latest-state asks its first questions. Then %d s of idling were measured, and then %d updates, from `send` (`acks=all`, no linger) until they can be read. Before
                these came %d that do not count: a JVM compiles its code in them, and the library has more of it than a loop. JVMs on one machine share one clock. The run fails unless every instance has received every update. The figures are of %d rounds, each with JVMs and a broker of its own, and in every other round the loop comes first.
                A ratio is the median of the rounds' ratios.

                - **%s**: the brokers and `metadata.max.age.ms` are the only settings.
                - **%s**: a thread and a `KafkaConsumer` with the defaults and `read_committed`, `assign`, `seek` to end − 1, and `poll` in a loop. It notices no trouble.
                  With `read_uncommitted` it could hold what is never committed.
                """.formatted(
                        ManyInstances.JVMS * ManyInstances.IN_EACH,
                        ManyInstances.JVMS,
                        ManyInstances.IN_EACH,
                        ManyInstances.SETTLE.toSeconds(),
                        ManyInstances.SPAN.toSeconds(),
                        ManyInstances.UPDATES,
                        ManyInstances.WARM_UP,
                        ManyInstances.ROUNDS,
                        Way.OURS.label(),
                        Way.PLAIN_LOOP.label());
    }
}
