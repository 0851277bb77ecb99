package io.github.lateststate.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.benchmarks.report.Page;
import io.github.lateststate.benchmarks.report.Plot;
import io.github.lateststate.benchmarks.report.Section;
import io.github.lateststate.benchmarks.report.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Runs each benchmark once, small. It checks that the benchmark works, not what it measures. */
class BenchmarksSmokeTest {

    private static final List<String> NAMES =
            Benchmarks.ALL.stream().map(Benchmark::name).toList();

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everyBenchmarkRunsAndIsOnThePage() {
        Path file = folder.resolve("figures.md");
        List<Section> before = new ArrayList<>();
        return Benchmarks.ALL.stream()
                .map(benchmark -> DynamicTest.dynamicTest(benchmark.name(), () -> {
                    Section section = benchmark.run(Scale.SMOKE);

                    new Page(file).put(benchmark.name(), section, NAMES);

                    before.add(section);
                    for (Section each : before) {
                        assertThatPageHas(file, each);
                    }
                }));
    }

    private static void assertThatPageHas(Path file, Section section) throws Exception {
        String page = Files.readString(file);
        assertThat(page)
                .contains("\n## " + section.title() + "\n")
                .contains(section.method().strip());
        assertThat(section.tables()).isNotEmpty();
        for (Table table : section.tables()) {
            assertThat(table.rows()).isNotEmpty();
            assertThat(page).contains("\n" + table.caption() + "\n");
        }
        for (Plot plot : section.plots()) {
            assertThat(page).contains("(figures/" + plot.name() + ".svg)");
            assertThat(file.resolveSibling("figures").resolve(plot.name() + ".svg"))
                    .content()
                    .contains("<svg")
                    .contains("</svg>");
        }
    }
}
