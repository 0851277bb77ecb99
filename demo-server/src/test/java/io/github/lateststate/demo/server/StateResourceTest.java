package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.InMemorySubscriber;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateResourceTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final TestApi api = new TestApi(broker);

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theStateIsZeroBeforeAnyMessage() throws Exception {
        HttpResponse<String> response = api.get("/state");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"state\":0}");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().map()).doesNotContainKeys("x-state-partition", "x-state-position", "x-state-age");
    }

    @Test
    void theAnswerIsTheStateOfTheLastMessageAndNothingElse() throws Exception {
        push(1);
        push(23);

        assertThat(api.get("/state").body()).isEqualTo("{\"state\":23}");
    }

    @Test
    void theHeadersNameTheOriginAndTheAgeOfTheState() throws Exception {
        TestApi.push(broker, TestApi.NOW.minusSeconds(90), 5);

        Map<String, List<String>> headers = api.get("/state").headers().map();

        assertThat(headers.get("x-state-partition")).containsExactly("p7");
        assertThat(headers.get("x-state-position")).containsExactly("0");
        assertThat(headers.get("x-state-age")).containsExactly("90");
        assertThat(headers.get("x-state-phase")).containsExactly("LIVE");
        assertThat(headers.get("cache-control")).containsExactly("no-cache");
    }

    @Test
    void aMessageFromAClockThatIsAheadIsZeroSecondsOld() throws Exception {
        TestApi.push(broker, TestApi.NOW.plusSeconds(90), 5);

        assertThat(api.get("/state").headers().firstValue("X-State-Age")).hasValue("0");
    }

    @Test
    void theLastKnownStateIsServedDuringAnOutageAndTheHeaderSaysSo() throws Exception {
        push(23);

        broker.interrupt(new IllegalStateException("unplugged"));

        HttpResponse<String> response = api.get("/state");
        assertThat(response.body()).isEqualTo("{\"state\":23}");
        assertThat(response.headers().firstValue("X-State-Phase")).hasValue("INTERRUPTED");
    }

    @Test
    void theStateIsZeroAfterATombstone() throws Exception {
        push(23);

        broker.pushTombstone();

        assertThat(api.get("/state").body()).isEqualTo("{\"state\":0}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"23\"", "W/\"23\"", "*", "\"1\", \"23\"", "\"1\",W/\"23\" , \"2\""})
    void aClientThatHasTheStateGetsNoBody(String ifNoneMatch) throws Exception {
        push(23);

        HttpResponse<String> response = api.get("/state", "If-None-Match", ifNoneMatch);

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("ETag")).hasValue("\"23\"");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(response.headers().firstValue("X-State-Position")).hasValue("0");
        assertThat(response.headers().map()).doesNotContainKeys("content-length", "content-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"22\"", "\"2\", \"3\"", "23", "\"*\"", "W/\"2\""})
    void aClientThatHasAnotherStateGetsThisOne(String ifNoneMatch) throws Exception {
        push(23);

        HttpResponse<String> response = api.get("/state", "If-None-Match", ifNoneMatch);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"state\":23}");
    }

    @Test
    void aNewStateHasANewTag() throws Exception {
        push(23);
        String tag = api.get("/state").headers().firstValue("ETag").orElseThrow();
        push(24);

        assertThat(api.get("/state", "If-None-Match", tag).body()).isEqualTo("{\"state\":24}");
    }

    @Test
    void headAnswersWithTheHeadersOfGetAndNoBody() throws Exception {
        push(23);

        HttpResponse<String> response = api.request("HEAD", "/state");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("ETag")).hasValue("\"23\"");
        assertThat(response.headers().firstValue("Content-Length")).hasValue("12");
    }

    private void push(int state) {
        broker.push("{\"message_id\":\"1\",\"text\":\"some text\",\"state\":" + state + "}");
    }
}
