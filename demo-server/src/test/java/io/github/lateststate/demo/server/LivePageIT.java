package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.demo.web.Program;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The live page in a real browser, on the real programs. */
class LivePageIT {

    private static final Pattern URL = Pattern.compile("\"request\":\\{.*?\"url\":\"([^\"]+)\"");

    private static EmbeddedKafka kafka;

    @TempDir
    private Path directory;

    @RegisterExtension
    private final Browser browser = new Browser();

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.builder().start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void aMessageThatTheProducerSendsAppearsWithoutAReload() throws Exception {
        try (RunningServer server = RunningServer.start(directory, env("appears"))) {
            server.awaitReady();
            browser.open(server.address());
            browser.awaitText("phase", "● live");
            browser.awaitText("link", "connected");
            browser.awaitText("value-note", "No message yet");
            assertThat(browser.text("value")).isEqualTo("0");
            browser.run("window.notReloaded = true");

            send("appears", 41);
            browser.awaitText("value", "41");
            send("appears", 42);
            browser.awaitText("value", "42");

            assertThat(browser.run("return window.notReloaded")).isEqualTo("true");
            assertThat(browser.run("return Chart.getChart('chart').data.datasets[0].data.map(p => p.y).join()"))
                    .isEqualTo("0,41,42,42");
            assertThat(browser.run("return document.getElementById('chart').ariaLabel"))
                    .endsWith("messages: 2, lowest: 41, highest: 42, last: 42");
            assertThat(browser.run("return document.getElementById('rows').textContent"))
                    .contains("42", "41");
            assertThat(browser.text("stream")).isEqualTo("appears");
            assertThat(browser.text("group")).startsWith("group-");
            assertThat(browser.text("partition")).isEqualTo("0");
            assertThat(browser.text("position")).isEqualTo("1");
            assertThat(browser.text("rejection")).isEqualTo("none");
            assertThat(browser.text("contact")).endsWith(" ago");
            assertThat(browser.complaints()).isEmpty();
            assertThat(addresses(browser.requests()))
                    .isNotEmpty()
                    .allSatisfy(address -> assertThat(address).startsWith(server.address()));
        }
    }

    @Test
    void anOutageOfTheBrokerAndItsEndAreShown() throws Exception {
        try (RunningServer server = RunningServer.start(directory, env("outage"))) {
            server.awaitReady();
            send("outage", 43);
            browser.open(server.address());
            browser.awaitText("value", "43");
            browser.awaitNothing("notice");

            kafka.stop();
            try {
                browser.awaitText(
                        "notice", "Stale: no contact with the broker for", "43 is the last known state, as of");
                browser.awaitText("phase", "▲ interrupted");
                assertThat(browser.text("link")).contains("connected");
                assertThat(browser.text("value")).isEqualTo("43");
            } finally {
                kafka.start();
            }
            browser.awaitText("phase", "● live");
            browser.awaitNothing("notice");
            send("outage", 44);
            browser.awaitText("value", "44");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aLostServerIsShownAndThePageGoesOnWhenItIsBack() throws Exception {
        String address;
        try (RunningServer server = RunningServer.start(directory, env("restart"))) {
            server.awaitReady();
            send("restart", 45);
            address = server.address();
            browser.open(address);
            browser.awaitText("value", "45");
            server.assertStopsInTime();
        }
        browser.awaitText("link", "↻ reconnecting…");
        browser.awaitText("notice", "Stale: no word from the server for", "45 is the last known state, as of");
        assertThat(browser.text("phase")).contains("unknown; it was");
        assertThat(browser.text("value")).isEqualTo("45");

        Map<String, String> samePort = new HashMap<>(env("restart"));
        samePort.put("PORT", address.substring(address.lastIndexOf(':') + 1));
        try (RunningServer server = RunningServer.start(directory, samePort)) {
            server.awaitReady();
            browser.awaitText("link", "● connected");
            browser.awaitText("phase", "● live");
            browser.awaitNothing("notice");
            send("restart", 46);
            browser.awaitText("value", "46");
            // Nobody knows what this server had while it was away. If the page returns before the look-back has ended,
            // it
            // receives the initial value first.
            assertThat(browser.run("return Chart.getChart('chart').data.datasets[0].data.map(p => p.y).join()"))
                    .matches(".*45,45,NaN,(0,)?45,46,46");
        }
    }

    private void send(String topic, int state) throws Exception {
        try (Program producer = Program.producer(directory, env(topic), "--state", Integer.toString(state))) {
            assertThat(producer.exitCode()).as(producer.err()).isZero();
        }
    }

    private static List<String> addresses(List<String> requests) {
        return requests.stream()
                .map(URL::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    private static Map<String, String> env(String topic) {
        return Map.of("KAFKA_TOPIC", topic, "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    }
}
