package io.github.lateststate.demo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

class WholeBodyTest {

    @RegisterExtension
    private final TestServer server = new TestServer(config -> {
        Problems.answerWith(config);
        config.jetty.modifyServer(jetty -> jetty.insertHandler(new WholeBody(Duration.ofSeconds(2))));
    });

    @Test
    void aBodyThatArrivesInPartsReachesTheRouteAsAWhole() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(post("Content-Length: 10"));
            client.send("12345");
            client.send("67890");

            assertThat(client.rest()).startsWith("HTTP/1.1 200 ").endsWith("posted 10");
        }
        try (RawClient client = new RawClient(server.port())) {
            client.send(post("Transfer-Encoding: chunked") + "3\r\nabc\r\n");
            client.send("2\r\nde\r\n0\r\n\r\n");

            assertThat(client.rest()).startsWith("HTTP/1.1 200 ").endsWith("posted 5");
        }
    }

    @Test
    void aBodyThatArrivesAByteAtATimeEndsAtTheDeadline() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(post("Content-Length: 10000"));
            String answer = "";
            while (answer.isEmpty()) {
                client.send("1");
                answer = client.next(20);
            }
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("application/problem+json");
        }
        await().until(() -> server.connections() == 0);
    }

    @Test
    void bodiesThatDoNotArriveHoldNoThread() throws Exception {
        int before = Thread.activeCount();
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                RawClient client = new RawClient(server.port());
                clients.add(client);
                client.send(post("Content-Length: 10") + "1");
            }
            assertThat(RawClient.answer(server.port(), "GET / HTTP/1.1", server.host()))
                    .endsWith("got");
            assertThat(Thread.activeCount() - before).isLessThan(100);
            for (RawClient client : clients) {
                assertThat(client.rest()).startsWith("HTTP/1.1 408 ");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefusedWithOrWithoutALength() throws Exception {
        for (String length : List.of("Content-Length: 10001", "Transfer-Encoding: chunked")) {
            try (RawClient client = new RawClient(server.port())) {
                client.send(post(length) + "2711\r\n" + "1".repeat(10_001));

                assertThat(client.next(60_000)).startsWith("HTTP/1.1 413 ");
            }
        }
    }

    @Test
    void anAbortedBodyLogsAtMostOneLine() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try {
            for (String start : List.of(
                    post("Content-Length: 10") + "1",
                    post("Transfer-Encoding: chunked") + "5\r\n1",
                    post("Transfer-Encoding: chunked") + "no length\r\n")) {
                try (RawClient client = new RawClient(server.port())) {
                    client.send(start);
                    client.abort();
                }
            }
            await().until(() -> server.connections() == 0);
            assertThat(log.list).noneMatch(event -> event.getThrowableProxy() != null);
            assertThat(log.list).hasSizeLessThanOrEqualTo(3);
        } finally {
            root.detachAppender(log);
        }
    }

    private String post(String length) {
        return "POST / HTTP/1.1\r\n" + server.host() + "\r\nConnection: close\r\n" + length + "\r\n\r\n";
    }
}
