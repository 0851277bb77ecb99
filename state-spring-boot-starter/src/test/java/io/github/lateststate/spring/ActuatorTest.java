package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lateststate.testing.InMemorySubscriber;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;

/** The endpoints answer over HTTP, with all that Spring Boot configures by itself. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "latest-state.states.model.subscriber=in-memory",
            "latest-state.states.model.stream=models",
            "management.endpoints.web.exposure.include=health,latest-state",
            "management.endpoint.health.probes.enabled=true",
            "management.endpoint.health.show-details=always"
        })
@DirtiesContext(classMode = DirtiesContext.ClassMode.AFTER_EACH_TEST_METHOD)
class ActuatorTest {

    @Autowired
    private InMemorySubscriber broker;

    @LocalServerPort
    private int port;

    @Test
    void aHealthyStateSaysWhereItStands() throws Exception {
        broker.push("{\"name\": \"churn\", \"version\": 7}");
        HttpResponse<String> health = get("/actuator/health/latestState/model");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body())
                .contains(
                        "\"status\":\"UP\"",
                        "\"phase\":\"LIVE\"",
                        "\"ready\":true",
                        "\"stream\":\"models\"",
                        "\"accepted\":1",
                        "\"rejected\":0",
                        "\"lastContact\":",
                        "\"progress\":\"following\"")
                .doesNotContain("churn");
    }

    @Test
    void theDetailsMatchDemoServersHealthWithoutEmptyFields() throws Exception {
        List<String> always = List.of(
                "phase",
                "since",
                "ready",
                "lastContact",
                "progress",
                "newerPending",
                "accepted",
                "rejected",
                "slowListeners",
                "stream",
                "group");
        assertThat(details()).containsExactlyInAnyOrderElementsOf(always);
        broker.push("{\"name\": \"churn\", \"version\": 7}");
        broker.pushMalformed();
        broker.interrupt(new IllegalStateException("away"));
        assertThat(details()).containsAll(always).contains("lastRejection", "lastError");
    }

    @Test
    void anOutageLeavesAReadyStateInService() throws Exception {
        broker.interrupt(new IllegalStateException("away"));
        HttpResponse<String> readiness = get("/actuator/health/readiness");
        assertThat(readiness.statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/latestState/model").body())
                .contains("\"phase\":\"INTERRUPTED\"", "\"lastError\":\"away\"");
    }

    @Test
    void aFailedStateTakesTheInstanceOutOfServiceAndNotOutOfLife() throws Exception {
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        broker.fail(new IllegalStateException("no such right"));
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/health/latestState/model").body())
                .contains("\"status\":\"DOWN\"", "\"lastError\":\"no such right\"");
    }

    @Test
    void theEndpointShowsStatesAndNoValue() throws Exception {
        broker.push("{\"name\": \"churn\", \"version\": 7}");
        HttpResponse<String> report = get("/actuator/latest-state");
        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.body())
                .contains("\"states\":{\"model\":{", "\"source\":\"RECORD\"", "\"origin\":", "\"resources\":{}")
                .doesNotContain("churn");
    }

    private List<String> details() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        new JsonMapper()
                .readTree(get("/actuator/health/latestState/model").body())
                .path("details")
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Contexts.ModelBean.class)
    static class Application {

        @Bean
        InMemorySubscriber broker() {
            return new InMemorySubscriber();
        }
    }
}
