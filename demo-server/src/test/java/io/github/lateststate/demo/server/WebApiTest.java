package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.InMemorySubscriber;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

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
