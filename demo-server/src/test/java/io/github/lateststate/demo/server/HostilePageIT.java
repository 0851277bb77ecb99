package io.github.lateststate.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.lateststate.testing.InMemorySubscriber;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a page of another site can do to the server from a browser on the same machine. */
class HostilePageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Few: after some failures Chromium waits for seconds before it opens another web socket. */
    private static final int SOCKETS = 5;

    private final TestApi api = new TestApi(new InMemorySubscriber());

    @RegisterExtension
    private final Browser browser = new Browser();

    private HttpServer site;

    @BeforeEach
    void startSite() throws IOException {
        byte[] page = "<!doctype html><title>hostile</title>".getBytes(UTF_8);
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        });
        site.start();
    }

    @AfterEach
    void stop() {
        site.stop(0);
        api.close();
    }

    @Test
    void aWebSocketIsRefusedAndLeavesNoSessionAndNoConnection() {
        browser.open(siteOf("localhost", site.getAddress().getPort()));

        for (String path : new String[] {"/state", "/state/stream", "/nowhere"}) {
            for (int i = 0; i < SOCKETS; i++) {
                assertThat(browser.outcome("const socket = new WebSocket('ws://localhost:%d%s', 'chat');"
                                        .formatted(api.port(), path)
                                + "socket.onopen = () => done('opened'); socket.onerror = () => done('refused');"))
                        .as(path)
                        .isEqualTo("refused");
            }
        }
        assertNothingIsLeft();
    }

    @Test
    void aPageOfAnotherSiteReadsNothing() {
        browser.open(siteOf(Browser.HOSTILE, site.getAddress().getPort()));

        assertReadsNothing("http://localhost:" + api.port());
        assertNothingIsLeft();
    }

    @Test
    void aPageWhoseOwnNamePointsAtThisMachineReadsNothing() {
        String server = siteOf(Browser.HOSTILE, api.port());
        browser.open(server + "/state");
        assertThat(browser.run("return document.body.textContent"))
                .contains("\"status\":421")
                .doesNotContain("\"state\":");

        assertThat(browser.outcome("fetch('/state').then(answer => done(answer.status), () => done('failed'))"))
                .isEqualTo("421");
        assertReadsNothing(server);
        assertReadsNothing("http://localhost:" + api.port());
        assertNothingIsLeft();
    }

    private void assertReadsNothing(String server) {
        assertThat(browser.outcome("fetch('%s/state').then(answer => answer.json())".formatted(server)
                        + ".then(json => done(json.state === undefined ? 'nothing' : json), () => done('nothing'))"))
                .isEqualTo("nothing");
        assertThat(browser.outcome("fetch('%s/state/stream', {method: 'HEAD', headers:".formatted(server)
                        + " {'X-HTTP-Method-Override': 'GET'}}).then(answer => done(answer.ok), () => done(false))"))
                .isEqualTo("false");
        assertThat(browser.outcome("const events = new EventSource('%s/state/stream');".formatted(server)
                        + "events.addEventListener('state', event => done(event.data));"
                        + "events.onerror = () => { events.close(); done('refused'); }"))
                .isEqualTo("refused");
        assertThat(browser.outcome(
                        "const script = document.createElement('script'); script.src = '%s/state';".formatted(server)
                                + "script.onload = () => done('ran'); script.onerror = () => done('refused');"
                                + "document.body.append(script)"))
                .isEqualTo("refused");
    }

    /** The page's last connections end with the browser. */
    private void assertNothingIsLeft() {
        browser.quit();
        await().atMost(PATIENCE).until(() -> api.connections() == 0);
        assertThat(api.sessionsEver()).isZero();
    }

    private static String siteOf(String name, int port) {
        return "http://" + name + ":" + port;
    }
}
