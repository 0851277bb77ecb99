package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.testing.InMemorySubscriber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The chart of the last minutes: how far its axis goes back, and what a reload leaves of it. */
class LivePageHistoryIT {

    private static final String STATES = "return Chart.getChart('chart').data.datasets[0].data.map(p => p.y).join()";

    /** Whether the axis is the shortest one that has room for the oldest message. */
    private static final String FITS = """
        const chart = Chart.getChart('chart');
        const oldest = chart.data.datasets[0].data.find(point => point.radius > 0).x;
        const fitting = [10, 20, 30, 60, 120, 180, 300].map(seconds => -1000 * seconds).find(x => x <= oldest);
        return chart.options.scales.x.min === fitting;
        """;

    private final InMemorySubscriber broker = new InMemorySubscriber();

    @RegisterExtension
    private final Browser browser = new Browser();

    private TestApi api = new TestApi(broker, InstantSource.system());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theLastMinutesSurviveAReload() throws Exception {
        open();
        browser.awaitText("value", "0");
        for (int i = 1; i <= 3; i++) {
            broker.push("{\"state\":" + i + "}");
            browser.awaitText("value", Integer.toString(i));
        }
        awaitStates("0,1,2,3,3");

        open();

        awaitStates("0,1,2,3,3");
        assertThat(browser.run("return document.getElementById('rows').textContent"))
                .matches("[^3]*3.*2.*1.*");
        broker.push("{\"state\":4}");
        awaitStates("0,1,2,3,4,4");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theAxisFitsTheMessagesOfANewPage() {
        TestApi.push(broker, Instant.now().minusSeconds(7_500), 9);
        api.close();
        api = new TestApi(broker, InstantSource.system()); // finds the old record
        open();
        browser.awaitText("lately-title", "The last 5 minutes");
        browser.awaitText("value", "9");

        for (int i = 1; i <= 8; i++) {
            broker.push("{\"state\":" + i + "}");
        }
        browser.awaitText("value", "8");
        open();

        browser.awaitText("value", "8");
        // at once: a fixed axis fits, too, if one waits for long enough
        assertThat(browser.run(FITS)).isEqualTo("true");
        assertThat(browser.text("lately-title")).matches("The last (\\d+ seconds|minute|\\d minutes)");
    }

    @Test
    void theAxisOfAMessageThatIsMinutesOldGoesBackToIt() {
        TestApi.push(broker, Instant.now().minusSeconds(130), 9);
        api.close();
        api = new TestApi(broker, InstantSource.system());

        open();

        browser.awaitText("value", "9");
        // at once: a fixed axis fits, too, if one waits for long enough
        assertThat(browser.run(FITS)).isEqualTo("true");
        browser.awaitText("lately-title", "minutes");
    }

    private void open() {
        browser.open("http://127.0.0.1:" + api.port());
    }

    private void awaitStates(String states) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(browser.run(STATES)).isEqualTo(states));
    }
}
