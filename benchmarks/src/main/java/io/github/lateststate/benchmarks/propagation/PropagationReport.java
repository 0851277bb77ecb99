package io.github.lateststate.benchmarks.propagation;

import io.github.lateststate.benchmarks.report.Figures;
import io.github.lateststate.benchmarks.report.Goal;
import io.github.lateststate.benchmarks.report.Plot;
import io.github.lateststate.benchmarks.report.Sample;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.benchmarks.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.DoubleStream;

/** The results, as a section of the page. */
final class PropagationReport {

    private static final List<Double> PERCENTS = DoubleStream.concat(
                    DoubleStream.iterate(1, percent -> percent < 99, percent -> percent + 2), DoubleStream.of(99, 99.5))
            .boxed()
            .toList();

    private static final Seen GET = new Seen("latest-state: `get()`", Message::got);
    private static final Seen LISTENER = new Seen("latest-state: listener called", Message::notified);
    private static final Seen LOOP = new Seen("plain poll loop: field set", Message::looped);
    private static final List<Seen> ALL = List.of(GET, LISTENER, LOOP);

    /** A reader that sees a message. */
    private record Seen(String label, ToLongFunction<Message> at) {

        Sample millis(List<Message> messages, ToLongFunction<Message> from) {
            return Sample.of(messages.stream()
                    .map(message -> (at.applyAsLong(message) - from.applyAsLong(message)) / 1e6)
                    .toList());
        }

        Sample percentile(double percent, List<Pair> pairs, ToLongFunction<Message> from) {
            return sample(pairs, pair -> millis(pair.both(), from).percentile(percent));
        }

        Sample toLoop(double percent, List<Pair> pairs) {
            return sample(
                    pairs,
                    pair -> millis(pair.both(), Message::sent).percentile(percent)
                            / LOOP.millis(pair.both(), Message::sent).percentile(percent));
        }
    }

    private PropagationReport() {}

    static Section of(List<Pair> pairs) {
        List<Message> all = all(pairs);
        return new Section(
                "Propagation",
                method(all),
                List.of(fromSend(pairs), fromAcknowledgement(pairs), byOrder(pairs)),
                List.of(plot(all)),
                goals(pairs));
    }

    private static List<Goal> goals(List<Pair> pairs) {
        List<Goal> goals = new ArrayList<>();
        for (Seen ours : List.of(GET, LISTENER)) {
            goals.add(goal(ours, "median", 50, 1.05, pairs));
            goals.add(goal(ours, "99th percentile", 99, 1.2, pairs));
        }
        return goals;
    }

    private static Goal goal(Seen ours, String name, double percent, double most, List<Pair> pairs) {
        Sample ratio = ours.toLoop(percent, pairs);
        return new Goal(
                ours.label + ", " + name + " at most " + most + " × that of a plain poll loop",
                ratio.medianAndRange() + " ×",
                ratio.median() <= most);
    }

    private static Table fromSend(List<Pair> pairs) {
        Table table = Table.of(
                "From `send` until it is seen, milliseconds.",
                "",
                "median",
                "to the loop",
                "99th percentile",
                "to the loop",
                "longest");
        for (Seen seen : ALL) {
            table.add(
                    seen.label,
                    seen.percentile(50, pairs, Message::sent).medianAndRange(),
                    seen.toLoop(50, pairs).medianAndRange() + " ×",
                    seen.percentile(99, pairs, Message::sent).medianAndRange(),
                    seen.toLoop(99, pairs).medianAndRange() + " ×",
                    Figures.of(seen.millis(all(pairs), Message::sent).max()));
        }
        return table;
    }

    private static Table fromAcknowledgement(List<Pair> pairs) {
        Table table = Table.of(
                "From the acknowledgement until it is seen, milliseconds.", "", "median", "99th percentile", "longest");
        for (Seen seen : ALL) {
            table.add(
                    seen.label,
                    seen.percentile(50, pairs, Message::acknowledged).medianAndRange(),
                    seen.percentile(99, pairs, Message::acknowledged).medianAndRange(),
                    Figures.of(seen.millis(all(pairs), Message::acknowledged).max()));
        }
        return table;
    }

    /** Which fetch the broker serves first matters about as much as the compared difference. */
    private static Table byOrder(List<Pair> pairs) {
        Table table = Table.of(
                "The same, by which client fetched first: median from `send`, milliseconds.",
                "",
                "the state",
                "the loop");
        for (Seen seen : ALL) {
            table.add(seen.label, median(seen, pairs, Pair::oursFirst), median(seen, pairs, Pair::loopFirst));
        }
        return table;
    }

    private static String median(Seen seen, List<Pair> pairs, Function<Pair, List<Message>> round) {
        return sample(
                        pairs,
                        pair -> seen.millis(round.apply(pair), Message::sent).median())
                .medianAndRange();
    }

    private static List<Message> all(List<Pair> pairs) {
        return pairs.stream().map(Pair::both).flatMap(List::stream).toList();
    }

    private static Sample sample(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
        return Sample.of(pairs.stream().map(figure::applyAsDouble).toList());
    }

    private static Plot plot(List<Message> all) {
        List<Plot.Line> lines = new ArrayList<>();
        for (Seen seen : ALL) {
            Sample sample = seen.millis(all, Message::sent);
            lines.add(new Plot.Line(
                    seen.label.replace("`", ""),
                    PERCENTS.stream().map(sample::percentile).toList(),
                    PERCENTS));
        }
        return new Plot("propagation", "From send until it is seen", "milliseconds", "% of the messages", false, lines);
    }

    private static String method(List<Message> all) {
        long before = all.stream()
                .filter(message -> message.looped() < message.acknowledged())
                .count();
        return """
                One producer (`acks=all`, no linger) sends %d messages, with random pauses of up to 20 ms. The topic has one partition, and its broker is a child JVM.
                A state with a listener and a plain loop follow the topic in the producer's JVM, each on its own thread. The loop is a `KafkaConsumer` with the
                defaults and `read_committed`, `assign`, `poll`, and a volatile field.

                A message is seen at the moment when another thread could read its value. The thread that publishes the value notes that moment. For the loop, that is
                right after it has set its field. For the state, it is right after the subscriber's offer has returned and `get()` has returned the value. So the hand-over
                to the listener's thread counts against the state. No third thread looks: it would take a core from those it measures. If a newer message
                comes in the same fetch, the older one counts as seen with it.

                The broker answers waiting fetches in the order in which they came, and that order tends to stay. So clients are created again %d times, in turns with
                the state first and with the loop first. Two such rounds are a pair. A figure is the median of the pairs' own figures, with the smallest and the greatest
                in brackets. The first %d messages of each round are not counted, and neither are the first %d rounds.

                The goals are about the time from `send` until seen. A ratio from the acknowledgement would mean nothing: the broker answers the producer and the
                consumers at the same moment. The scheduler then chooses which of their threads runs first. The loop's field held %s %% of the messages before the
                producer had received the acknowledgement. The difference in milliseconds is the same in both tables.
                """.formatted(
                        2 * Propagation.PAIRS * Propagation.MESSAGES,
                        2 * Propagation.PAIRS,
                        Propagation.WARM_UP,
                        2 * Propagation.WARM_UP_PAIRS,
                        Figures.of(100.0 * before / all.size()));
    }
}
