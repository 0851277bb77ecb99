package io.github.lateststate.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.testing.InMemorySubscriber;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The registered meters match {@code docs/metrics.md}. */
class DocumentedNamesTest {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Pattern ROW = Pattern.compile(
            "^\\| `(latest\\.[a-z.]+)` \\| `([a-z_]+)(?:\\{phase=…})?` \\| ?([a-z]*) \\|", Pattern.MULTILINE);
    private static final Pattern NAME_IN_RULE = Pattern.compile("\\blatest_[a-z_]+");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void theTableHasTheNamesAndUnitsOfAllMeters() throws IOException {
        Set<List<String>> documented = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> List.of(row.group(1), row.group(2), row.group(3)))
                .collect(Collectors.toSet());
        bindAll();
        Set<List<String>> registered =
                registry.getMeters().stream().map(this::row).collect(Collectors.toSet());
        assertThat(documented).isEqualTo(registered);
    }

    @Test
    void theAlertRulesNameOnlyDocumentedMeters() throws IOException {
        Set<String> named = NAME_IN_RULE
                .matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        bindAll();
        assertThat(registry.getMeters().stream().map(this::prometheusName)).containsAll(named);
    }

    /** The registry refers weakly to what it measures, and keeps the names. */
    private void bindAll() {
        try (LatestState<String> state = LatestState.builder(
                                (payload, origin) -> new String(payload, StandardCharsets.UTF_8))
                        .subscriber(new InMemorySubscriber())
                        .stream("models")
                        .open();
                LatestResource<String, String> resource =
                        LatestResource.builder(state, name -> name, name -> {}).open()) {
            new LatestStateMetrics(state).bindTo(registry);
            new LatestResourceMetrics(resource).bindTo(registry);
        }
    }

    private List<String> row(Meter meter) {
        return List.of(
                meter.getId().getName(),
                prometheusName(meter),
                Objects.requireNonNullElse(meter.getId().getBaseUnit(), ""));
    }

    /** The name in Prometheus, which adds a suffix to a counter. */
    private String prometheusName(Meter meter) {
        String name = meter.getId().getConventionName(registry.config().namingConvention());
        return registry.scrape()
                .lines()
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .filter(written -> written.equals(name) || written.equals(name + "_total"))
                .findFirst()
                .orElseThrow();
    }
}
