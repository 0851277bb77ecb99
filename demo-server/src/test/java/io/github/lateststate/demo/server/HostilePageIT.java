package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.InMemorySubscriber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a page of another site can do to the server, in a real browser. */
class HostilePageIT {

    private final TestApi api = new TestApi(new InMemorySubscriber());

    @RegisterExtension
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aWebSocketIsRefusedAndOpensNoSession() {
        browser.open("about:blank");
        for (int i = 0; i < 50; i++) {
            browser.run("window.ended = 'no'; const socket = new WebSocket('ws://127.0.0.1:" + api.port() + "/state');"
                    + "socket.onopen = () => window.ended = 'opened'; socket.onerror = () => window.ended = 'refused'");
            browser.awaitResult("return window.ended", "refused");
        }

        browser.open("http://127.0.0.1:" + api.port() + "/state");
        assertThat(browser.run("return document.body.textContent")).contains("{\"state\":0}");
        assertThat(browser.cookies()).isZero();
    }

    @Test
    void aNameThatPointsAtThisMachineDoesNotGetTheState() {
        browser.open("http://" + Browser.REBOUND + ":" + api.port() + "/state");

        assertThat(browser.run("return document.body.textContent"))
                .contains("\"status\":421")
                .doesNotContain("\"state\":0");
    }
}
