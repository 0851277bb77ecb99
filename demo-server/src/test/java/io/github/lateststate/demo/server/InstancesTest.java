package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lateststate.demo.web.CannotStartException;
import io.github.lateststate.testing.InMemorySubscriber;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstancesTest {

    private static final String OTHER = "http://localhost:8001";

    @Test
    void withoutTheVariableThereAreNoInstances() {
        assertThat(Instances.of(Map.of()).origins()).isEmpty();
    }

    @Test
    void addressesAreWrittenAsABrowserWritesAnOrigin() {
        assertThat(of(" http://LocalHost:8000/ , https://a.example:443,http://a.example:80,http://10.0.0.7:443,"
                        + "http://localhost:8000,"))
                .isEqualTo(List.of(
                        "http://localhost:8000", "https://a.example", "http://a.example", "http://10.0.0.7:443"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:8001",
                "ftp://localhost",
                "file:///etc/passwd",
                "javascript:alert(1)",
                "data:text/html,x",
                "http://",
                "http://*",
                "http://*.example",
                "http://localhost:8001/path",
                "http://localhost:8001?a",
                "http://user:secret@localhost",
                "http://localhost:0",
                "http://localhost; script-src *",
                "http://localhost 'unsafe-inline'",
                "http://localhost\r\nX: y",
                "http://localhost\"><script>",
                "http://[::1]:8001",
                "null"
            })
    void anythingElseIsRefusedAndNotRepeated(String wrong) {
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> of(OTHER + "," + wrong))
                .withMessageStartingWith("INSTANCES holds something that is not an address")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())
                                .replace("http://localhost:8000,http://localhost:8001", ""))
                        .doesNotContain("secret", "localhost", "://"));
    }

    @Test
    void twentyInstancesAreTheMost() {
        assertThat(of(addresses(20))).hasSize(20);
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> of(addresses(21)))
                .withMessageContaining("more than 20");
    }

    @Test
    void onlyPagesOfTheInstancesMayReadTheStreamAndNothingElse() throws Exception {
        try (TestApi api =
                new TestApi(new InMemorySubscriber(), InstantSource.system(), 0, new Instances(List.of(OTHER)))) {
            assertThat(allowed(api, "/state/stream", OTHER)).containsExactly(OTHER);
            for (String stranger :
                    new String[] {"http://localhost:8002", "http://localhost", "https://localhost:8001", "null", "*"}) {
                assertThat(allowed(api, "/state/stream", stranger)).isEmpty();
            }
            for (String path : new String[] {"/", "/state", "/health/ready", "/metrics", "/page/page.js"}) {
                assertThat(allowed(api, path, OTHER)).isEmpty();
            }
        }
        try (TestApi alone = new TestApi(new InMemorySubscriber())) {
            assertThat(allowed(alone, "/state/stream", OTHER)).isEmpty();
        }
    }

    @Test
    void thePageMayReadTheInstancesAndChangesWithThem() throws Exception {
        try (TestApi alone = new TestApi(new InMemorySubscriber());
                TestApi api = new TestApi(
                        new InMemorySubscriber(), InstantSource.system(), 0, new Instances(List.of(OTHER)))) {
            HttpResponse<String> page = api.get("/", "Accept", "text/html");

            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .endsWith("; connect-src 'self' " + OTHER);
            assertThat(page.body()).contains("data-addresses=\"" + OTHER + "\"");
            // with the same tag, a browser would keep the old policy
            assertThat(page.headers().firstValue("ETag"))
                    .isNotEqualTo(
                            alone.get("/", "Accept", "text/html").headers().firstValue("ETag"));
        }
    }

    private static List<String> allowed(TestApi api, String path, String origin) throws Exception {
        return api.request("HEAD", path, "Origin", origin).headers().allValues("Access-Control-Allow-Origin");
    }

    private static List<String> of(String addresses) {
        return Instances.of(Map.of("INSTANCES", addresses)).origins();
    }

    private static String addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "http://localhost:" + (8_000 + i))
                .collect(Collectors.joining(","));
    }
}
