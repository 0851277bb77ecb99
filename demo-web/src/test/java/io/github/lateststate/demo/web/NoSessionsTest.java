package io.github.lateststate.demo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No request opens a session, not even the handshake of a web socket. */
class NoSessionsTest {

    @RegisterExtension
    private final TestServer server = new TestServer(Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Version: 13",
                "sec-websocket-version: 13",
                "Sec-WebSocket-Version: ",
                "Sec-WebSocket-Key: bm9uY2U=; Sec-WebSocket-Version: 13; Sec-WebSocket-Protocol: chat"
            })
    void aWebSocketHandshakeIsAnOrdinaryRequestAndOpensNoSession(String headers) throws Exception {
        String answer = server.answerTo("GET / HTTP/1.1", server.host(), headers.replace("; ", "\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("got").doesNotContain("Set-Cookie", "Sec-WebSocket");
    }

    @Test
    void aHandshakeOfABrowsersWebSocketIsARequestLikeAnyOther() throws Exception {
        try (RawClient browser = new RawClient(server.port())) {
            browser.send("GET / HTTP/1.1\r\n" + server.host() + "\r\nConnection: Upgrade\r\nUpgrade: websocket"
                    + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");

            assertThat(browser.next(60_000)).startsWith("HTTP/1.1 200 ").doesNotContain("Set-Cookie", "Sec-WebSocket");
        }
    }

    @Test
    void tensOfThousandsOfHandshakesOpenNoSession() throws Exception {
        String handshake = "GET / HTTP/1.1\r\n" + server.host() + "\r\nSec-WebSocket-Version: 13\r\n\r\n";
        int atOnce = 100;
        for (int i = 0; i < 20_000 / atOnce; i++) {
            try (RawClient client = new RawClient(server.port())) {
                client.send(handshake.repeat(atOnce - 1));
                client.send("GET / HTTP/1.1\r\n" + server.host() + "\r\nConnection: close\r\n\r\n");
                assertThat(client.rest().split("\r\n\r\ngot", -1)).hasSize(atOnce + 1);
            }
        }
        assertThat(server.sessionsEver()).isZero();
        await().until(() -> server.connections() == 0);
    }

    @Test
    void aRouteCannotOpenASession() throws Exception {
        assertThat(server.answerTo("GET /session HTTP/1.1", server.host()))
                .startsWith("HTTP/1.1 500 ")
                .doesNotContain("Set-Cookie");
    }
}
