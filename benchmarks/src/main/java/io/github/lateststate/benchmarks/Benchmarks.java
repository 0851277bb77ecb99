package io.github.lateststate.benchmarks;

import io.github.lateststate.benchmarks.footprint.Footprint;
import io.github.lateststate.benchmarks.http.Http;
import io.github.lateststate.benchmarks.instances.ManyInstances;
import io.github.lateststate.benchmarks.kinesis.KinesisInSimulatedTime;
import io.github.lateststate.benchmarks.latest.TimeToLatest;
import io.github.lateststate.benchmarks.propagation.Propagation;
import io.github.lateststate.benchmarks.reading.Reading;
import io.github.lateststate.benchmarks.report.Page;
import io.github.lateststate.benchmarks.states.ManyStates;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program. It runs the benchmarks, one after the other, and writes the page after each. */
@Command(
        name = "benchmarks",
        mixinStandardHelpOptions = true,
        description = "Measures, and writes the results as a page with plots.")
public final class Benchmarks implements Callable<Integer> {

    /** All benchmarks, in the order of the page. */
    static final List<Benchmark> ALL = List.of(
            new TimeToLatest(),
            new Propagation(),
            new Reading(),
            new Http(),
            new ManyStates(),
            new ManyInstances(),
            new KinesisInSimulatedTime(),
            new Footprint());

    @Option(names = "--only", split = ",", description = "Run these only, such as: latest,reading.")
    private List<String> only = List.of();

    @Option(names = "--smoke", description = "Each thing once, and small: shows that the benchmarks work.")
    private boolean smoke;

    @Option(names = "--page", description = "The page to write (default: ${DEFAULT-VALUE}).")
    private Path page = Path.of("docs", "benchmarks.md");

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        List<String> names = ALL.stream().map(Benchmark::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                System.err.println("There is no benchmark '" + name + "'. There are: " + String.join(", ", names));
                return 2;
            }
        }
        Page results = new Page(page);
        for (Benchmark benchmark : ALL) {
            if (only.isEmpty() || only.contains(benchmark.name())) {
                System.out.println("Running " + benchmark.name());
                results.put(benchmark.name(), benchmark.run(smoke ? Scale.SMOKE : Scale.FULL), names);
            }
        }
        System.out.println("Written: " + page);
        return 0;
    }
}
