package io.github.lateststate.demo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests of a hostile client on this machine, or of a browser that shows a hostile page. */
class FrontDoorTest {

    @RegisterExtension
    private final TestServer server = new TestServer(Map.of("ALLOWED_HOSTS", "demo.example, Proxy.example:8443"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:PORT",
                "LocalHost:PORT",
                "127.0.0.1:PORT",
                "[::1]:PORT",
                "demo.example",
                "Demo.Example:1",
                "proxy.example:8443"
            })
    void aRequestThatNamesThisMachineOrAnAllowedHostIsAnswered(String host) throws Exception {
        assertThat(server.answerTo("GET / HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "localhost",
                "localhost:1",
                "localhost.:PORT",
                "localhost.evil.example:PORT",
                "localhost:PORT.evil.example",
                "127.0.0.1.evil.example:PORT",
                "127.0.0.2:PORT",
                "[::2]:PORT",
                "evil.demo.example",
                "demo.example.evil.example",
                "proxy.example",
                "proxy.example:PORT",
                "localhost:PORT@evil.example",
                ""
            })
    void aRequestThatNamesAnotherHostIsMisdirected(String host) throws Exception {
        String answer = server.answerTo("GET / HTTP/1.1", "Host: " + host);

        assertThat(answer).containsPattern("^HTTP/1.1 (421|400) ");
        assertProblem(answer);
        assertThat(answer).doesNotContain("evil");
    }

    @Test
    void aRequestThatNamesNoHostOrTwoIsRefused() throws Exception {
        assertThat(server.answerTo("GET / HTTP/1.0")).startsWith("HTTP/1.1 421 ");
        assertThat(server.answerTo("GET / HTTP/1.1")).startsWith("HTTP/1.1 400 ");
        assertThat(server.answerTo("GET / HTTP/1.1", server.host(), "Host: evil.example"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void eachRequestOfAConnectionIsChecked() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\n" + server.host() + "\r\n\r\nGET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");

            assertThat(client.rest()).startsWith("HTTP/1.1 200 ").contains("gotHTTP/1.1 421 ");
        }
    }

    @Test
    void anOldClientMayNameItsHostButNotTwo() throws Exception {
        assertThat(server.answerTo("GET / HTTP/1.0", server.host())).startsWith("HTTP/1.1 200 ");
        assertThat(server.answerTo("GET / HTTP/1.0", "Host: evil.example")).startsWith("HTTP/1.1 421 ");
        assertThat(server.answerTo("GET / HTTP/1.0", server.host(), "Host: evil.example"))
                .startsWith("HTTP/1.1 400 ");
        assertThat(server.answerTo("GET http://localhost:PORT/ HTTP/1.0")).startsWith("HTTP/1.1 421 ");
    }

    @Test
    void noOtherHeaderReplacesTheHost() throws Exception {
        for (String header : List.of("X-Forwarded-Host: localhost:PORT", "Forwarded: host=localhost:PORT")) {
            assertThat(server.answerTo("GET / HTTP/1.1", "Host: evil.example", header))
                    .startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void theHostNeedsNoPortOnTheStandardPort() {
        HostNames hosts = HostNames.of(Map.of());

        assertThat(List.of("localhost", "127.0.0.1", "[::1]", "localhost:80")).allMatch(host -> hosts.allow(host, 80));
        assertThat(List.of("", "evil.example", "::1")).noneMatch(host -> hosts.allow(host, 80));
    }

    @Test
    void anAddressInTheRequestLineIsCheckedLikeTheHost() throws Exception {
        assertThat(server.answerTo("GET http://evil.example/ HTTP/1.1", server.host()))
                .containsPattern("^HTTP/1.1 (421|400) ");
        assertThat(server.answerTo("GET http://localhost:PORT/ HTTP/1.1", "Host: evil.example"))
                .containsPattern("^HTTP/1.1 (421|400) ");
        assertThat(server.answerTo("GET http://localhost:PORT/ HTTP/1.1", server.host()))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPTIONS * HTTP/1.1",
                "GET * HTTP/1.1",
                "CONNECT localhost:PORT HTTP/1.1",
                "TRACE / HTTP/1.1",
                "OPTIONS / HTTP/1.1",
                "PUT / HTTP/1.1",
                "GET /nowhere HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET /session HTTP/1.1",
                "GET / HTTP/9.9",
                "GARBAGE"
            })
    void everyRefusalIsAProblem(String requestLine) throws Exception {
        assertProblem(server.answerTo(requestLine, server.host()));
    }

    @Test
    void everyAnswerForbidsTypeSniffing() throws Exception {
        for (String requestLine : List.of("GET / HTTP/1.1", "HEAD / HTTP/1.1", "POST / HTTP/1.1", "GET / HTTP/1.0")) {
            assertThat(server.answerTo(requestLine, server.host()))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\r\nX-Content-Type-Options: nosniff\r\n");
        }
    }

    @Test
    void theMethodOfARequestCannotBeReplaced() throws Exception {
        assertThat(server.answerTo("GET / HTTP/1.1", server.host(), "X-HTTP-Method-Override: POST"))
                .endsWith("got");
        assertThat(server.answerTo(
                        "POST / HTTP/1.1", server.host(), "x-http-method-override: GET", "Content-Length: 0"))
                .endsWith("posted 0");
        assertThat(server.answerTo("HEAD / HTTP/1.1", server.host(), "X-HTTP-Method-Override: GET"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:PORT", "evil.example"})
    void aTunnelIsRefusedAndItsConnectionClosed(String host) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            String named = host.replace("PORT", Integer.toString(server.port()));
            client.send("CONNECT " + named + " HTTP/1.1\r\nHost: " + named + "\r\n\r\n");

            assertThat(client.rest())
                    .containsPattern("^HTTP/1.1 (404|421|400) ")
                    .contains("\r\nConnection: close\r\n");
        }
    }

    @Test
    void longTextOfAClientIsNeitherRepeatedNorLogged() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try {
            String much = "m".repeat(4_000);
            for (String requestLine : List.of("GET /" + much + " HTTP/1.1", much + " / HTTP/1.1")) {
                String answer = server.answerTo(requestLine, server.host());
                assertProblem(answer);
                assertThat(answer).hasSizeLessThan(1_000);
            }
            assertProblem(server.answerTo("GET / HTTP/1.1", server.host(), "Host: " + much));
            assertProblem(server.answerTo("GET / HTTP/1.1", "Host: " + much + "@" + much));
            assertProblem(server.answerTo("GET / HTTP/1.1", "Host: localhost:" + much));
            assertProblem(server.answerTo("GET / HTTP/1.1", "Host: " + much, server.host()));
            await().until(() -> server.connections() == 0);
            assertThat(log.list).isEmpty();
        } finally {
            root.detachAppender(log);
        }
    }

    @Test
    void thousandsOfHostileRequestsLeaveNoConnection() throws Exception {
        for (int i = 0; i < 500; i++) {
            server.answerTo("GET / HTTP/1.1", server.host(), "Sec-WebSocket-Version: 13");
            server.answerTo("HEAD / HTTP/1.1", server.host(), "X-HTTP-Method-Override: GET");
            server.answerTo("GET / HTTP/1.1", "Host: evil.example");
            try (RawClient client = new RawClient(server.port())) {
                client.send("POST / HTTP/1.1\r\n" + server.host() + "\r\nContent-Length: 10\r\n\r\n1");
                client.abort();
            }
        }
        await().until(() -> server.connections() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "http://demo.example", "demo example", "demo.example:x", "[::1", "a,b/c"})
    void aMalformedHostNameIsRefusedAtTheStart(String name) {
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> HostNames.of(Map.of("ALLOWED_HOSTS", name)))
                .withMessageStartingWith("ALLOWED_HOSTS holds something that is not a host name");
    }

    private static void assertProblem(String answer) {
        assertThat(answer)
                .contains(
                        "\r\nContent-Type: application/problem+json",
                        "\r\nX-Content-Type-Options: nosniff\r\n",
                        "{\"type\":\"about:blank\",\"title\":\"")
                .doesNotContain("\tat ", "<html");
    }
}
