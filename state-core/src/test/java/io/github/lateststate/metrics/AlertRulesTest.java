package io.github.lateststate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The alert rules and the dashboard in {@code docs/operations}. */
class AlertRulesTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path OPERATIONS = DOCS.resolve("operations");
    private static final Pattern DOCUMENTED = Pattern.compile("`(latest_[a-z_]+)");
    private static final Pattern USED = Pattern.compile("\\b(latest_(?:state|resource)_[a-z_]+)");

    @ParameterizedTest
    @ValueSource(strings = {"alerts.yml", "alerts-test.yml", "grafana-dashboard.json"})
    void theyUseOnlyDocumentedMetrics(String file) throws IOException {
        Set<String> documented = names(DOCUMENTED, DOCS.resolve("metrics.md"));
        assertThat(names(USED, OPERATIONS.resolve(file))).isNotEmpty().isSubsetOf(documented);
    }

    @Test
    void theDashboardIsJson() throws IOException {
        assertThat(new ObjectMapper()
                        .readTree(OPERATIONS.resolve("grafana-dashboard.json").toFile())
                        .get("panels"))
                .isNotEmpty();
    }

    @Test
    void theRulesPassTheirOwnTests() throws IOException, InterruptedException {
        boolean installed = isOnThePath("promtool");
        assumeTrue(installed || Boolean.parseBoolean(System.getenv("CI")), "promtool is not on the PATH");
        assertThat(installed)
                .as("promtool is on the PATH, as it must be under CI")
                .isTrue();
        Process promtool = new ProcessBuilder("promtool", "test", "rules", "alerts-test.yml")
                .directory(OPERATIONS.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }

    private static Set<String> names(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isOnThePath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
