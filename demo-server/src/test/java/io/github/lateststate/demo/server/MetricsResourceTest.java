package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.InMemorySubscriber;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsResourceTest {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) \\S.*");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary|untyped)");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{[a-zA-Z_][a-zA-Z0-9_]*=\"[^\"]*\"(?:,[a-zA-Z_][a-zA-Z0-9_]*=\"[^\"]*\")*})?"
                    + " (NaN|[+-]Inf|[-+0-9.E]+)");

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final TestApi api = new TestApi(broker);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void everyLineIsInTheFormatAndEveryMetricIsDescribedOnceBeforeItsSamples() throws Exception {
        HttpResponse<String> response = api.get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        Set<String> described = new HashSet<>();
        Set<String> typed = new HashSet<>();
        Set<String> samples = new HashSet<>();
        List<String> malformed = new ArrayList<>();
        assertThat(response.body()).endsWith("\n");
        response.body().lines().forEach(line -> {
            Matcher help = HELP.matcher(line);
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (help.matches()) {
                assertThat(described.add(help.group(1))).as(line).isTrue();
            } else if (type.matches()) {
                assertThat(typed.add(type.group(1))).as(line).isTrue();
            } else if (sample.matches()) {
                assertThat(described).as(line).contains(sample.group(1));
                assertThat(typed).as(line).contains(sample.group(1));
                assertThat(samples.add(line.substring(0, line.lastIndexOf(' '))))
                        .as(line)
                        .isTrue();
            } else {
                malformed.add(line);
            }
        });
        assertThat(malformed).isEmpty();
        assertThat(typed)
                .contains("latest_state_age_seconds", "jvm_memory_used_bytes", "jvm_threads_live_threads")
                .contains("process_cpu_usage", "process_uptime_seconds");
    }

    @Test
    void theNumbersMatchTheState() throws Exception {
        assertThat(metrics())
                .contains("latest_state_age_seconds{stream=\"state\"} NaN")
                .contains("latest_state_updates_total{stream=\"state\"} 0.0");

        broker.push("{\"state\":23}");
        broker.push("{\"text\":\"no state\"}");
        broker.interrupt(new IllegalStateException("unplugged"));

        assertThat(metrics())
                .contains("latest_state_updates_total{stream=\"state\"} 1.0")
                .contains("latest_state_rejected_records_total{stream=\"state\"} 1.0")
                .contains("latest_state_lookback_records{stream=\"state\"} 0.0")
                .contains("latest_state_phase{phase=\"INTERRUPTED\",stream=\"state\"} 1.0")
                .contains("latest_state_phase{phase=\"LIVE\",stream=\"state\"} 0.0")
                .anyMatch(line -> line.matches("latest_state_age_seconds\\{stream=\"state\"} [0-9.]+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/plain",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "application/json"
            })
    void theDefaultFormatIsPrometheusText(String accept) throws Exception {
        HttpResponse<String> response = api.get("/metrics", "Accept", accept);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue(TEXT);
        assertThat(response.body()).doesNotContain("# EOF");
    }

    @Test
    void aClientThatAsksForOpenMetricsGetsIt() throws Exception {
        HttpResponse<String> response = api.get(
                "/metrics",
                "Accept",
                "application/vnd.google.protobuf;q=0.7,application/openmetrics-text;version=1.0.0;q=0.6,text/plain;q=0.4");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(response.body()).endsWith("# EOF\n");
    }

    @Test
    void headAnswersWithTheHeadersOfGetAndNoBody() throws Exception {
        HttpResponse<String> response = api.request("HEAD", "/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Type")).hasValue(TEXT);
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    private List<String> metrics() throws Exception {
        HttpResponse<String> response = api.get("/metrics");
        assertThat(response.headers().firstValue("Content-Type")).hasValue(TEXT);
        return response.body().lines().toList();
    }
}
