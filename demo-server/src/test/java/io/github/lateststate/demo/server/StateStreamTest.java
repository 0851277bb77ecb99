package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lateststate.testing.InMemorySubscriber;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StateStreamTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final TestApi api = new TestApi(broker);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aClientGetsTheCurrentStateAndThenEachChange() throws Exception {
        TestApi.push(broker, TestApi.NOW.minusSeconds(90), 23);
        try (EventReader client = new EventReader(api.port())) {
            assertThat(client.next("state"))
                    .isEqualTo("{\"state\":23,\"partition\":\"p7\",\"position\":\"0\","
                            + "\"timestamp\":\"2026-01-02T03:02:35Z\",\"age\":90}");

            broker.push("{\"state\":24}");
            assertThat(client.next("state")).startsWith("{\"state\":24,");
            broker.push("{\"state\":25}");
            assertThat(client.next("state")).startsWith("{\"state\":25,");
        }
    }

    @Test
    void theStateIsZeroWithoutAnOriginBeforeAnyMessage() throws Exception {
        try (EventReader client = new EventReader(api.port())) {
            assertThat(client.next("state"))
                    .isEqualTo("{\"state\":0,\"partition\":null,\"position\":null,\"timestamp\":null,\"age\":null}");
        }
    }

    @Test
    void aClientThatAsksForTheHistoryGetsItFirst() throws Exception {
        await().until(() -> states().equals("0"));
        broker.push("{\"state\":23}");
        await().until(() -> states().equals("0,23"));
        try (EventReader client = new EventReader(api.port(), "/state/stream?history")) {
            assertThat(client.lineThatStartsWith("event: ")).isEqualTo("event: history");
            assertThat(client.lineThatStartsWith("event: ")).isEqualTo("event: state");
        }
    }

    @Test
    void aClientThatDoesNotAskForTheHistoryGetsNone() throws Exception {
        try (EventReader client = new EventReader(api.port())) {
            assertThat(client.lineThatStartsWith("event: ")).isEqualTo("event: state");
            assertThat(client.lineThatStartsWith("event: ")).isEqualTo("event: status");
        }
    }

    @Test
    void aClientGetsTheStatusAndEachChangeOfPhase() throws Exception {
        try (EventReader client = new EventReader(api.port())) {
            JsonNode first = json(client.next("status"));
            assertThat(first.path("at").textValue()).isEqualTo(TestApi.NOW.toString());
            assertThat(first.path("phase").textValue()).isEqualTo("LIVE");
            assertThat(first.path("group").textValue()).startsWith("group-");

            broker.interrupt(new IllegalStateException("unplugged"));
            JsonNode interrupted = json(client.next("status"));
            while (!interrupted.path("phase").textValue().equals("INTERRUPTED")) {
                interrupted = json(client.next("status"));
            }
            assertThat(interrupted.path("lastError").textValue()).isEqualTo("unplugged");
        }
    }

    @Test
    void theAnswerIsAnEventStreamThatIsNeitherCachedNorBuffered() throws Exception {
        HttpResponse<String> response = api.request("HEAD", "/state/stream");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("X-Accel-Buffering")).hasValue("no");
        assertThat(response.headers().firstValue("Content-Length")).isEmpty();
        try (EventReader client = new EventReader(api.port())) {
            assertThat(client.lineThatStartsWith("HTTP/1.1")).isEqualTo("HTTP/1.1 200 OK");
            assertThat(client.lineThatStartsWith("Content-Type: ")).isEqualTo("Content-Type: text/event-stream");
        }
    }

    @Test
    void aClientReceivesTheTimeToReconnect() throws Exception {
        try (EventReader client = new EventReader(api.port())) {
            assertThat(client.lineThatStartsWith("retry: ")).matches("retry: 1\\d{3}");
        }
    }

    @Test
    void aStoppingServerEndsItsStreamsAndTheirThread() throws Exception {
        try (EventReader client = new EventReader(api.port())) {
            client.next("state");

            api.close();

            client.awaitEnd();
            await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("state-stream"));
        }
    }

    private String states() throws Exception {
        try (EventReader client = new EventReader(api.port(), "/state/stream?history")) {
            return String.join(",", json(client.next("history")).findValuesAsText("state"));
        }
    }

    private static JsonNode json(String text) throws Exception {
        return new JsonMapper().readTree(text);
    }
}
