package io.github.lateststate.benchmarks.reading;

import io.github.lateststate.benchmarks.Benchmark;
import io.github.lateststate.benchmarks.Scale;
import io.github.lateststate.benchmarks.report.Figures;
import io.github.lateststate.benchmarks.report.Goal;
import io.github.lateststate.benchmarks.report.Plot;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.benchmarks.report.Table;
import io.github.lateststate.benchmarks.report.Versions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The time and the memory of a read, by the number of threads that read. */
public final class Reading implements Benchmark {

    private static final List<String> READS = List.of("get", "current", "lease", "volatileRead", "atomicReference");
    private static final Map<String, String> NAMES = Map.of(
            "volatileRead", "plain volatile read",
            "atomicReference", "`AtomicReference`",
            "get", "`get()`",
            "current", "`current()`",
            "lease", "`acquire()`, `get()`, `close()`");

    /** What one read cost with one number of threads. */
    private record Cost(double nanos, double error, double bytes) {}

    @Override
    public String name() {
        return "reading";
    }

    @Override
    public Section run(Scale scale) throws Exception {
        Map<Integer, Map<String, Cost>> costs = new LinkedHashMap<>();
        for (int threads : scale.of(List.of(1), List.of(1, 2, 4, 8))) {
            costs.put(threads, measure(threads, scale));
        }
        return section(costs);
    }

    private static Map<String, Cost> measure(int threads, Scale scale) throws RunnerException {
        OptionsBuilder options = new OptionsBuilder();
        options.include(Reads.class.getName() + "\\..*")
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .threads(threads)
                .forks(scale.of(0, 2))
                .warmupIterations(scale.of(0, 2))
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(scale.of(1, 5))
                .measurementTime(scale.of(TimeValue.milliseconds(50), TimeValue.seconds(1)))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (RunResult run : new Runner(options.build()).run()) {
            Result<?> nanos = run.getPrimaryResult();
            Result<?> bytes = Objects.requireNonNull(run.getSecondaryResults().get("gc.alloc.rate.norm"));
            costs.put(nanos.getLabel(), new Cost(nanos.getScore(), nanos.getScoreError(), bytes.getScore()));
        }
        return costs;
    }

    private static Section section(Map<Integer, Map<String, Cost>> costs) {
        List<String> header = new ArrayList<>(List.of("Nanoseconds"));
        costs.keySet().forEach(threads -> header.add(threads + (threads == 1 ? " thread" : " threads")));
        header.add("to the volatile read, 1 thread");
        header.add("bytes allocated");
        Table table = Table.of("One read, mean and 99.9 % confidence interval.", header);
        Map<String, Cost> single = costs.values().iterator().next();
        for (String read : READS) {
            List<String> row = new ArrayList<>(List.of(Objects.requireNonNull(NAMES.get(read))));
            costs.values().forEach(cost -> row.add(shown(of(cost, read))));
            row.add(Figures.ratio(ratio(single, read)));
            row.add(Figures.of(of(single, read).bytes()));
            table.add(row);
        }
        List<Double> threads = costs.keySet().stream().map(Integer::doubleValue).toList();
        Plot plot = new Plot(
                "reading",
                "One read",
                "threads",
                "nanoseconds (mean)",
                true,
                READS.stream()
                        .map(read -> new Plot.Line(
                                Objects.requireNonNull(NAMES.get(read)).replace("`", ""),
                                threads,
                                costs.values().stream()
                                        .map(cost -> of(cost, read).nanos())
                                        .toList()))
                        .toList());
        double worst = costs.values().stream()
                .mapToDouble(cost -> ratio(cost, "get"))
                .max()
                .orElseThrow();
        double bytes = costs.values().stream()
                .mapToDouble(cost -> of(cost, "get").bytes())
                .max()
                .orElseThrow();
        return new Section(
                "Reading",
                """
                JMH %s and its allocation profiler measured a state that is held in memory: 2 forks of 5 iterations of 1 s, after a warm-up of 2 s. If there are more
                threads than cores, they share the cores.

                - **plain volatile read**: a field of the reader's own object.
                - **`AtomicReference`**: a value in another object, as in a state: the least possible cost.
                """.formatted(Versions.shown("org.openjdk.jmh:jmh-core").replace("jmh-core ", "")),
                List.of(table),
                List.of(plot),
                List.of(
                        new Goal(
                                "`get()` at most 1.1 × a volatile read, with any number of threads",
                                "at worst " + Figures.ratio(worst),
                                worst <= 1.1),
                        new Goal(
                                "`get()` allocates nothing",
                                Figures.of(bytes) + " bytes a read",
                                bytes < 0.01))); // the profiler also counts other work of the JVM
    }

    private static double ratio(Map<String, Cost> costs, String read) {
        return of(costs, read).nanos() / of(costs, "volatileRead").nanos();
    }

    private static Cost of(Map<String, Cost> costs, String read) {
        return Objects.requireNonNull(costs.get(read));
    }

    private static String shown(Cost cost) {
        return Figures.of(cost.nanos()) + (Double.isNaN(cost.error()) ? "" : " ± " + Figures.of(cost.error()));
    }
}
