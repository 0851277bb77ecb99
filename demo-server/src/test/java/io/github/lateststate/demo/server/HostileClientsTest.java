package io.github.lateststate.demo.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.testing.InMemorySubscriber;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hostile clients of the whole server. demo-web tests the single rules. */
class HostileClientsTest {

    private static final int MANY = 1_000;

    private final TestApi api = new TestApi(new InMemorySubscriber());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void onlyGetOpensTheStreamAndNoConnectionOutlivesItsClient() throws Exception {
        for (int i = 0; i < MANY; i++) {
            String answer = answerTo("HEAD /state/stream", "X-HTTP-Method-Override: GET");
            assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
        }
        await().until(() -> api.connections() == 0);
    }

    @Test
    void aWebSocketOpensNoSession() throws Exception {
        for (int i = 0; i < MANY; i++) {
            assertThat(answerTo("GET /state", "Sec-WebSocket-Version: 13"))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("{\"state\":0}")
                    .doesNotContain("Set-Cookie");
        }
        await().until(() -> api.connections() == 0);
    }

    @Test
    void everyRouteChecksTheHostAndForbidsTypeSniffing() throws Exception {
        for (String path :
                new String[] {"/", "/page/page.js", "/state", "/state/stream", "/health/ready", "/metrics", "/nowhere"
                }) {
            assertThat(answerTo("HEAD " + path)).contains("\r\nX-Content-Type-Options: nosniff\r\n");
            assertThat(answerFor("evil.example", "GET " + path)).startsWith("HTTP/1.1 421 ");
        }
    }

    private String answerTo(String request, String... headers) throws IOException {
        return answerFor("localhost:" + api.port(), request, headers);
    }

    private String answerFor(String host, String request, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), api.port())) {
            String head = request + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                    + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : "") + "\r\n";
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
