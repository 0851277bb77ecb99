package io.github.lateststate.benchmarks.http;

import io.github.lateststate.benchmarks.http.Load.Done;
import io.github.lateststate.benchmarks.report.Goal;
import io.github.lateststate.benchmarks.report.Sample;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.benchmarks.report.Table;
import io.github.lateststate.benchmarks.report.Versions;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The results, as a section of the page. */
final class HttpReport {

    private HttpReport() {}

    static Section of(List<Done> ours, List<Done> bare, List<Sample> fanOut) {
        Table answers = Table.of("`GET /state`.", "", "answers per second", "processor, µs per answer");
        add(answers, "demo-server", ours);
        add(answers, "bare route", bare);
        Sample throughput = ratios(ours, bare, Done::perSecond);
        Sample processor = ratios(ours, bare, Done::cpuMicrosPerAnswer);
        Table clients = Table.of(
                "One message to " + fanOut.get(0).size()
                        + " clients of `GET /state/stream`: milliseconds from the broker's acknowledgement.",
                "",
                "half of the clients",
                "99 %",
                "all");
        clients.add("demo-server", spread(fanOut, 50), spread(fanOut, 99), spread(fanOut, 100));
        return new Section(
                "HTTP",
                """
                Each server, the broker and the load are JVMs of their own on this machine. The load is 4 connections of the JDK's `HttpClient` that ask again as soon as
                they have an answer. After a warm-up of 10 s each, %d rounds were taken: 2 s with one server, and 2 s with the other. The other server begins every second
                round. The ratio is the median of the rounds' ratios. Every answer is checked. The load shares the cores with the servers, so the processor time of
                the server says more than the answers per second.

                The bare route is `ctx.contentType("application/json").result(constant)` in a Javalin of the same version, %s. `GET /state` adds an ETag, `Cache-Control`,
                four headers on position, age and phase, and JSON from Jackson.

                The stream's clients are connections of one `HttpClient`. They receive %d messages. Each is sent when all clients have received the one before.
                """.formatted(Http.ROUNDS, Versions.shown("io.javalin:javalin").replace("javalin ", ""), Http.MESSAGES),
                List.of(answers, clients),
                List.of(),
                List.of(new Goal(
                        "`GET /state` at least 0.95 × the bare route",
                        throughput.medianAndRange() + " × the answers per second, at " + processor.medianAndRange()
                                + " × the processor time for each",
                        throughput.median() >= 0.95)));
    }

    private static void add(Table table, String name, List<Done> rounds) {
        table.add(name, sample(rounds, Done::perSecond), sample(rounds, Done::cpuMicrosPerAnswer));
    }

    /** The ratio of ours to the bare route, in each round. */
    private static Sample ratios(List<Done> ours, List<Done> bare, ToDoubleFunction<Done> figure) {
        return Sample.of(IntStream.range(0, ours.size())
                .mapToObj(round -> figure.applyAsDouble(ours.get(round)) / figure.applyAsDouble(bare.get(round)))
                .toList());
    }

    private static String sample(List<Done> rounds, ToDoubleFunction<Done> figure) {
        return Sample.of(rounds.stream().map(figure::applyAsDouble).toList()).medianAndRange();
    }

    private static String spread(List<Sample> messages, double percent) {
        return Sample.of(messages.stream()
                        .map(message -> message.percentile(percent))
                        .toList())
                .medianAndRange();
    }
}
