package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lateststate.testing.InMemorySubscriber;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void aStateThatIsFollowedIsLiveAndReady(String path) throws Exception {
        try (TestApi api = new TestApi(broker)) {
            HttpResponse<String> response = api.get(path);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            JsonNode body = json(response);
            assertThat(body.path("phase").textValue()).isEqualTo("LIVE");
            assertThat(Instant.parse(body.path("since").textValue())).isBeforeOrEqualTo(Instant.now());
            assertThat(Instant.parse(body.path("lastContact").textValue())).isBeforeOrEqualTo(Instant.now());
            assertThat(body.path("lastError").isNull()).isTrue();
            assertThat(body.path("slowListeners").intValue()).isZero();
            assertThat(body.has("slowestListenerSince")).isTrue();
            assertThat(body.path("slowestListenerSince").isNull()).isTrue();
            assertThat(body.path("stream").textValue()).isEqualTo("state");
            assertThat(body.path("group").textValue()).startsWith("group-");
        }
    }

    @Test
    void withoutABrokerFromTheStartItIsLiveButNotReadyAndSaysWhy() throws Exception {
        broker.interrupt(new IllegalStateException("unplugged"));
        try (TestApi api = new TestApi(broker)) {
            HttpResponse<String> ready = api.get("/health/ready");

            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
            JsonNode body = json(ready);
            assertThat(body.path("status").intValue()).isEqualTo(503);
            assertThat(body.path("detail").textValue())
                    .startsWith("Not ready: INTERRUPTED since 20")
                    .contains("waiting for the end of the outage")
                    .endsWith("Last error: unplugged");
            assertThat(body.path("phase").textValue()).isEqualTo("INTERRUPTED");
            assertThat(body.path("lastError").textValue()).isEqualTo("unplugged");
            assertThat(body.has("lastContact")).isTrue();
            assertThat(body.path("lastContact").isNull()).isTrue();
            assertThat(api.get("/health/live").statusCode()).isEqualTo(200);

            broker.restore();

            assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anOutageLeavesItReadyAndTheBodySaysSinceWhen() throws Exception {
        try (TestApi api = new TestApi(broker)) {
            Instant before = Instant.now();
            broker.interrupt(new IllegalStateException("unplugged"));

            HttpResponse<String> ready = api.get("/health/ready");

            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(json(ready).path("phase").textValue()).isEqualTo("INTERRUPTED");
            assertThat(Instant.parse(json(ready).path("since").textValue())).isBetween(before, Instant.now());
            assertThat(json(ready).path("lastError").textValue()).isEqualTo("unplugged");
            assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aStateThatHasGivenUpIsNotLive() throws Exception {
        try (TestApi api = new TestApi(broker)) {
            broker.fail(new IllegalStateException("write another setting"));

            HttpResponse<String> live = api.get("/health/live");

            assertThat(live.statusCode()).isEqualTo(503);
            assertThat(json(live).path("phase").textValue()).isEqualTo("FAILED");
            assertThat(json(live).path("detail").textValue())
                    .startsWith("Given up: FAILED")
                    .endsWith("write another setting");
        }
    }

    @Test
    void aMessageThatCannotBeDecodedIsCountedAndNamedAndTheStateStays() throws Exception {
        try (TestApi api = new TestApi(broker)) {
            broker.push("{\"state\":23}");
            broker.push("{\"text\":\"no state\"}");

            JsonNode body = json(api.get("/health/ready"));

            assertThat(body.path("accepted").intValue()).isEqualTo(1);
            assertThat(body.path("rejected").intValue()).isEqualTo(1);
            assertThat(body.path("lastRejection").textValue())
                    .startsWith("partition 0, position 1")
                    .endsWith("Missing required creator property 'state' (index 2)");
            assertThat(api.get("/state").body()).isEqualTo("{\"state\":23}");
        }
    }

    @Test
    void anErrorWithoutAMessageIsNamedByItsClass() throws Exception {
        try (TestApi api = new TestApi(broker)) {
            broker.interrupt(new IllegalStateException());

            assertThat(json(api.get("/health/ready")).path("lastError").textValue())
                    .isEqualTo("IllegalStateException");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void headAnswersWithTheStatusAndTheHeadersOfGetAndNoBody(String path) throws Exception {
        try (TestApi api = new TestApi(broker)) {
            HttpResponse<String> response = api.request("HEAD", path);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        }
    }

    private static JsonNode json(HttpResponse<String> response) throws Exception {
        return new JsonMapper().readTree(response.body());
    }
}
