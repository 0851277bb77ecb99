package io.github.lateststate.benchmarks.states;

import io.github.lateststate.benchmarks.followers.Way;
import io.github.lateststate.benchmarks.report.Figures;
import io.github.lateststate.benchmarks.report.Sample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The results of the same number of states, followed in one way.
 *
 * @param what the way, how many states, and of how many topics
 * @param opened a JVM for each round
 */
record Rounds(What what, List<Opened> opened) {

    /**
     * What the JVMs of all rounds have in common.
     *
     * @param way how the topics were followed
     * @param count how many states
     * @param oneTopic whether all followed one topic
     */
    record What(Way way, int count, boolean oneTopic) {

        String label() {
            return way.label() + ", " + states(count) + (oneTopic ? " of one topic" : "");
        }
    }

    /** In the order in which they were first measured. */
    static List<Rounds> of(List<Opened> all) {
        Map<What, List<Opened>> alike =
                all.stream().collect(Collectors.groupingBy(Opened::what, LinkedHashMap::new, Collectors.toList()));
        return alike.entrySet().stream()
                .map(entry -> new Rounds(entry.getKey(), entry.getValue()))
                .toList();
    }

    Sample sample(ToDoubleFunction<Opened> figure) {
        return Sample.of(opened.stream().map(figure::applyAsDouble).toList());
    }

    String cell(ToDoubleFunction<Opened> figure) {
        return opened.size() == 1
                ? Figures.of(sample(figure).median())
                : sample(figure).medianAndRange();
    }

    /** Formats a figure that counts things, in whole numbers. */
    String count(ToDoubleFunction<Opened> figure) {
        Sample sample = sample(figure);
        return whole(sample.median())
                + (sample.min() == sample.max() ? "" : " (" + whole(sample.min()) + "–" + whole(sample.max()) + ")");
    }

    /** Returns the median of the rounds' ratios. */
    String ratio(ToDoubleFunction<Opened> figure, Rounds to) {
        int rounds = Math.min(opened.size(), to.opened.size());
        return Figures.ratio(Sample.of(IntStream.range(0, rounds)
                        .mapToObj(round ->
                                figure.applyAsDouble(opened.get(round)) / figure.applyAsDouble(to.opened.get(round)))
                        .toList())
                .median());
    }

    Opened last() {
        return opened.get(opened.size() - 1);
    }

    static String states(int count) {
        return whole(count) + (count == 1 ? " state" : " states");
    }

    static String whole(double count) {
        return String.format(Locale.ROOT, "%,.0f", count);
    }
}
