package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.InMemorySubscriber;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebApiTest {

    @Test
    void theRootSaysHello() throws Exception {
        try (TestApi api = new TestApi(new InMemorySubscriber())) {
            HttpResponse<String> response = api.get("/");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertThat(response.body()).isEqualTo("{\"message\":\"Hello World\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8",
                "text/html",
                "text/html, application/json;q=0.9",
                "TEXT/HTML;charset=utf-8"
            })
    void aBrowserGetsThePageAtTheRoot(String accept) throws Exception {
        try (TestApi api = new TestApi(new InMemorySubscriber())) {
            HttpResponse<String> response = api.get("/", "Accept", accept);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/html");
            assertThat(response.headers().firstValue("Vary").orElseThrow()).contains("Accept");
            assertThat(response.body()).startsWith("<!doctype html>");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/json",
                "application/json, text/html;q=0.9",
                "text/html;q=0, */*",
                "text/*",
                "nonsense"
            })
    void aClientThatDoesNotAskForHtmlGetsJson(String accept) throws Exception {
        try (TestApi api = new TestApi(new InMemorySubscriber())) {
            HttpResponse<String> response = api.get("/", "Accept", accept);

            assertThat(response.body()).isEqualTo("{\"message\":\"Hello World\"}");
            assertThat(response.headers().firstValue("Vary")).hasValue("Accept");
        }
    }

    @Test
    void thePageMayLoadNothingFromElsewhereAndNothingInline() throws Exception {
        try (TestApi api = new TestApi(new InMemorySubscriber())) {
            HttpResponse<String> page = api.get("/", "Accept", "text/html");

            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                    .doesNotContain("unsafe", "http", "*");
            assertThat(page.body()).doesNotContain("<style", " style=", "<script>", "//");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/page/page.css, text/css",
        "/page/page.js, text/javascript",
        "/page/instance.js, text/javascript",
        "/page/sidebyside.js, text/javascript",
        "/page/stream.js, text/javascript",
        "/page/history.js, text/javascript",
        "/page/chart.js, text/javascript",
        "/page/words.js, text/javascript",
        "/page/chart.umd.min.js, text/javascript",
        "/page/icon.svg, image/svg+xml"
    })
    void theFilesOfThePageHaveTheirTypesAndAreCached(String path, String type) throws Exception {
        try (TestApi api = new TestApi(new InMemorySubscriber())) {
            HttpResponse<String> first = api.get(path);

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
            assertThat(first.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
            String tag = first.headers().firstValue("ETag").orElseThrow();

            HttpResponse<String> second = api.get(path, "If-None-Match", tag);

            assertThat(second.statusCode()).isEqualTo(304);
            assertThat(second.body()).isEmpty();
            assertThat(second.headers().map()).doesNotContainKeys("content-length", "content-type");
            assertThat(second.headers().allValues("Vary")).containsExactly("Accept-Encoding");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/page/page.css, Accept-Encoding",
        "/page/chart.umd.min.js, Accept-Encoding",
        "/, 'Accept, Accept-Encoding'",
        "/metrics, 'Accept, Accept-Encoding'"
    })
    void aFileThatMayBeCompressedVariesByAcceptEncoding(String path, String vary) throws Exception {
        try (TestApi api = new TestApi(new InMemorySubscriber())) {
            HttpResponse<String> compressed = api.get(path, "Accept", "text/html", "Accept-Encoding", "gzip");
            HttpResponse<String> plain = api.get(path, "Accept", "text/html");

            assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(String.join(", ", compressed.headers().allValues("Vary")))
                    .isEqualTo(vary);
            assertThat(String.join(", ", plain.headers().allValues("Vary"))).isEqualTo(vary);
        }
    }

    @Test
    void theChartLibraryKeepsItsLicenceNotice() throws Exception {
        try (TestApi api = new TestApi(new InMemorySubscriber())) {
            assertThat(api.get("/page/chart.umd.min.js").body())
                    .contains("Chart.js v", "Released under the MIT License");
        }
    }

    @Test
    void headOfTheRootHasTheHeadersOfGetAndNoBody() throws Exception {
        try (TestApi api = new TestApi(new InMemorySubscriber())) {
            HttpResponse<String> response = api.request("HEAD", "/");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
            assertThat(response.headers().firstValue("Content-Length")).hasValue("25");
        }
    }
}
