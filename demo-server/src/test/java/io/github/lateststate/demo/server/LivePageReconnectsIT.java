package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.testing.InMemorySubscriber;
import io.javalin.Javalin;
import io.javalin.http.ServiceUnavailableResponse;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cases in which the browser itself does not reconnect. */
class LivePageReconnectsIT {

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final LatestState<StateMessage> state = follow(broker);
    private volatile StateStream stream = new StateStream(state, InstantSource.system());
    private volatile boolean refusing;
    private final Javalin http = Javalin.create(config -> {
                config.startup.showJavalinBanner = false;
                config.routes.get("/", new LivePage(new Instances(List.of())));
                LivePage.files().forEach(config.routes::get);
                config.routes.get("/state/stream", ctx -> {
                    if (refusing) {
                        throw new ServiceUnavailableResponse();
                    }
                    stream.handle(ctx);
                });
            })
            .start("127.0.0.1", 0);

    @RegisterExtension
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        http.stop();
        state.close();
    }

    @Test
    void aServerThatRefusesIsAskedAgain() {
        refusing = true;
        browser.open("http://127.0.0.1:" + http.port());
        browser.awaitText("link", "connecting…");
        browser.awaitComplaint("503");
        assertThat(browser.text("value")).isEqualTo("–");
        assertThat(browser.text("plot-note")).isEmpty();
        double size = sizeOfTheValue();

        refusing = false;

        browser.awaitText("link", "connected");
        browser.awaitText("value", "0");
        assertThat(browser.text("plot-note")).isEqualTo("No message yet");
        assertThat(sizeOfTheValue()).isGreaterThan(2 * size);
    }

    @Test
    void aSilentConnectionIsReplaced() {
        broker.push("{\"state\":7}");
        browser.open("http://127.0.0.1:" + http.port());
        browser.awaitText("value", "7");

        // without ticks, this stream sends its first events and no more
        browser.awaitText("notice", "Stale: no word from the server for", "7 is the last known state, as of");
        browser.awaitText("link", "connected");
        browser.awaitNothing("notice");
        // the server remembers what the page has missed
        assertThat(browser.run("return Chart.getChart('chart').data.datasets[0].data.map(p => p.y).join()"))
                .isEqualTo("7,7");
    }

    @Test
    void aChartWithAMessageHasNoNoteAfterTheServerHasForgottenIt() {
        broker.push("{\"state\":7}");
        browser.open("http://127.0.0.1:" + http.port());
        browser.awaitText("value", "7");

        try (LatestState<StateMessage> empty = follow(new InMemorySubscriber())) {
            stream = new StateStream(empty, InstantSource.system());
            browser.awaitText("value-note", "No message yet");

            assertThat(browser.text("plot-note")).isEmpty();
        }
    }

    private double sizeOfTheValue() {
        return Double.parseDouble(
                browser.run("return parseFloat(getComputedStyle(document.getElementById('value')).fontSize)"));
    }

    private static LatestState<StateMessage> follow(InMemorySubscriber broker) {
        return LatestState.builder(StateMessage.decoder()).subscriber(broker).stream("state")
                .initial(StateMessage.INITIAL)
                .open();
    }
}
