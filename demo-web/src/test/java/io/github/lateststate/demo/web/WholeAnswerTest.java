package io.github.lateststate.demo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WholeAnswerTest {

    @RegisterExtension
    private final TestServer server = new TestServer(Map.of());

    @Test
    void clientsThatDoNotReadHoldNoThread() throws Exception {
        server.bufferLittle();
        int before = Thread.activeCount();
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                RawClient client = RawClient.thatReadsLittle(server.port());
                clients.add(client);
                client.send("GET /long HTTP/1.1\r\n" + server.host() + "\r\nConnection: close\r\n\r\n");
            }
            assertThat(RawClient.answer(server.port(), "GET / HTTP/1.1", server.host()))
                    .endsWith("got");
            assertThat(Thread.activeCount() - before).isLessThan(100);
            assertThat(clients.get(0).rest()).startsWith("HTTP/1.1 200 ").endsWith(TestServer.LONG);
            for (RawClient client : clients) {
                client.abort();
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        await().until(() -> server.connections() == 0);
    }

    @Test
    void anAnswerHasItsLengthAlsoForHead() throws Exception {
        String length = "\r\nContent-Length: " + TestServer.LONG.length() + "\r\n";

        assertThat(RawClient.answer(server.port(), "GET /long HTTP/1.1", server.host()))
                .contains(length)
                .endsWith("\r\n\r\n" + TestServer.LONG);
        assertThat(RawClient.answer(server.port(), "HEAD /long HTTP/1.1", server.host()))
                .contains(length)
                .endsWith("\r\n\r\n");
    }
}
