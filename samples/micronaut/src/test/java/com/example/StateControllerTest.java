package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.InMemorySubscriber;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

@MicronautTest
class StateControllerTest {

    @Inject
    InMemorySubscriber broker;

    @Inject
    EmbeddedServer server;

    @Test
    void theStateIsThatOfTheLastMessage() throws Exception {
        broker.pushTombstone();
        assertThat(get("/state").body()).isEqualTo("{\"state\":0}");
        broker.push("{\"state\":96}");
        broker.push("no state");
        HttpResponse<String> answer = get("/state");
        assertThat(answer.body()).isEqualTo("{\"state\":96}");
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"96\"");
        assertThat(answer.headers().firstValue("X-State-Phase")).hasValue("LIVE");
        assertThat(get("/state", "If-None-Match", "\"96\"").statusCode()).isEqualTo(304);
    }

    @Test
    void theStateIsPartOfTheReadiness() throws Exception {
        assertThat(get("/health/readiness").body()).contains("\"state\":{", "\"phase\":\"LIVE\"");
    }

    @Test
    void theStateIsMeasured() throws Exception {
        assertThat(get("/prometheus").body()).contains("name=\"state\"");
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.getURI().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
