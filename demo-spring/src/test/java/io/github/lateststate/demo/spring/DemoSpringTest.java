package io.github.lateststate.demo.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spring.AutoConfigureInMemoryLatestState;
import io.github.lateststate.spring.InMemoryStreams;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "KAFKA_TOPIC=models")
@AutoConfigureInMemoryLatestState
class DemoSpringTest {

    @Autowired
    private InMemoryStreams streams;

    @LocalServerPort
    private int port;

    @Test
    void theStateIsThatOfTheLastMessage() throws Exception {
        streams.of("state").pushTombstone();
        assertThat(get("/state").body()).isEqualTo("{\"state\":0}");
        streams.of("state").push("{\"message_id\":\"4142\",\"text\":\"some text\",\"state\":96}");
        streams.of("state").push("{\"text\":\"no state\"}");
        HttpResponse<String> answer = get("/state");
        assertThat(answer.body()).isEqualTo("{\"state\":96}");
        assertThat(answer.headers().firstValue("X-State-Phase")).hasValue("LIVE");
        assertThat(answer.headers().firstValue("X-State-Partition")).hasValue("0");
        assertThat(answer.headers().firstValue("X-State-Position")).hasValue("1");
        assertThat(answer.headers().firstValue("X-State-Age"))
                .hasValueSatisfying(age -> assertThat(age).matches("\\d+"));
        assertThat(answer.headers().firstValue("ETag")).hasValue("\"96\"");
        assertThat(get("/state", "If-None-Match", "\"96\"").statusCode()).isEqualTo(304);
        assertThat(get("/state", "If-None-Match", "\"95\"").statusCode()).isEqualTo(200);
    }

    @Test
    void healthAndTheEndpointAreThere() throws Exception {
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(get("/actuator/latest-state").body()).contains("\"stream\":\"models\"");
    }

    @Test
    void itIsAtMostThirtyLinesOfJava() throws Exception {
        long lines = 0;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                lines += Files.readAllLines(file).stream()
                        .filter(line -> !line.isBlank() && !line.matches("(package|import|/\\*\\*).*"))
                        .count();
            }
        }
        assertThat(lines).isBetween(20L, 30L);
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
