package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.testing.InMemorySubscriber;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The look and the use of the live page, with a broker in memory. */
class LivePageLookIT {

    /** The lowest contrast between a text and its background. Faded text counts, too. */
    static final String LOWEST_CONTRAST = """
        const rgb = colour => colour.match(/[\\d.]+/g).map(Number);
        const light = colour => rgb(colour).slice(0, 3).map(c => c / 255)
            .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
        const behind = element => {
            const colour = getComputedStyle(element).backgroundColor;
            return rgb(colour)[3] === 0 ? behind(element.parentElement) : colour;
        };
        const contrast = element => {
            const both = [light(getComputedStyle(element).color), light(behind(element))];
            return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
        };
        return Math.min(...[...document.body.querySelectorAll('*')]
            .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
            .map(contrast));
        """;

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final TestApi api = new TestApi(broker);

    @RegisterExtension
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({"light, 'rgb(245, 245, 242)'", "dark, 'rgb(16, 19, 24)'"})
    void thePageFollowsTheReadersColourSchemeAndIsReadableInBoth(String scheme, String ground) {
        broker.push("{\"state\":7}");
        broker.interrupt(new IllegalStateException("unplugged"));
        browser.colourScheme(scheme);
        open();
        browser.awaitText("notice", "unplugged");

        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo(ground);
        assertThat(Double.parseDouble(browser.run(LOWEST_CONTRAST))).isGreaterThan(4.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 375, 400})
    void nothingIsWiderThanAPhone(int width) {
        broker.push("{\"state\":-2147483648}");
        broker.push("{\"state\":\"" + "x".repeat(200) + "\"}");
        broker.interrupt(new IllegalStateException("y".repeat(200)));
        browser.width(width);
        open();
        browser.awaitText("value", "−2147483648");
        browser.awaitText("notice", "yyy");
        browser.run("document.querySelector('details').open = true");

        assertThat(browser.run("return innerWidth")).isEqualTo(Integer.toString(width));
        assertThat(browser.overflow()).isEqualTo("0");
        assertThat(browser.run("const value = document.getElementById('value');"
                        + "return value.scrollWidth <= value.clientWidth"))
                .isEqualTo("true");
    }

    @Test
    void thePageIsNotWiderThanTheWindowWhileTheChartIs() {
        open();
        browser.width(320);

        // as in the frame between the new width of the window and that of the chart
        browser.run("document.getElementById('chart').style.width = '1200px'");

        assertThat(browser.overflow()).isEqualTo("0");
    }

    @Test
    void theKeyboardReachesTheButtonThatCopiesTheCommandAndShowsWhereItIs() {
        open();

        String focused = "return document.activeElement.id";
        for (int i = 0; i < 10 && !browser.run(focused).equals("copy"); i++) {
            browser.press(Keys.TAB);
        }
        assertThat(browser.run(focused)).isEqualTo("copy");
        assertThat(browser.run("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        browser.press(Keys.ENTER);

        browser.awaitText("copied", "Cop");
        assertThat(browser.run("return getSelection().toString()"))
                .isEqualTo("java -jar demo-producer/target/demo-producer-*.jar");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aMessageThatCannotBeReadIsNamedAndTheStateStays() {
        broker.push("{\"state\":7}");
        open();
        browser.awaitText("value", "7");
        browser.awaitText("rejection", "none");

        broker.push("{\"text\":\"<b>no state</b>\"}");

        browser.awaitText("rejection", "partition 0, position 1", "Missing required creator property", "(1 so far)");
        assertThat(browser.text("value")).isEqualTo("7");
    }

    @Test
    void agesFollowTheServersClockEvenIfTheBrowsersIsWrong() {
        TestApi.push(broker, TestApi.NOW.minusSeconds(7_500), 5);
        open();

        browser.awaitText("value-note", "2 h 5 min ago");
    }

    @Test
    void theBannerAndTheCardCountFromTheLastContactWithTheBroker() {
        try (TestApi ofToday = new TestApi(broker, InstantSource.system())) {
            open(ofToday);
            awaitTrue("return parseInt(document.getElementById('contact').textContent) > 2");

            broker.interrupt(new IllegalStateException("unplugged"));

            awaitTrue("const span = document.getElementById('contact').textContent.replace(' ago', '');"
                    + "return document.getElementById('notice').textContent.includes(`for ${span}.`)");
        }
    }

    @Test
    void withoutAnyContactTheBannerCountsFromTheStart() {
        broker.interrupt(new IllegalStateException("unplugged"));
        try (TestApi ofToday = new TestApi(broker, InstantSource.system())) {
            open(ofToday);

            awaitTrue("return /for [1-9]\\d*\u00a0s\\./.test(document.getElementById('notice').textContent)");
            assertThat(browser.text("contact")).isEqualTo("none yet");
            assertThat(browser.text("notice")).contains("0 is the last known state, from before any contact.");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "no right to read, no right to read.",
        "No right to read., No right to read.",
        "No right (it is on the topic.), No right (it is on the topic.)"
    })
    void theReasonForGivingUpIsASentence(String error, String sentence) {
        open();
        broker.fail(new IllegalStateException(error));

        browser.awaitText("notice", "Given up: " + sentence + " The state stays");
    }

    @Test
    void aNegativeNumberHasTheMinusSignEverywhere() {
        broker.push("{\"state\":-7}");
        broker.interrupt(new IllegalStateException("unplugged"));
        open();
        browser.awaitText("notice", "−7 is the last known state");
        browser.run("document.querySelector('details').open = true");

        assertThat(browser.text("value")).isEqualTo("−7");
        assertThat(browser.text("rows")).endsWith(" −7");
        assertThat(browser.run("return Chart.getChart('chart').scales.y.ticks.map(tick => tick.label).join()"))
                .contains("−")
                .matches("(−?\\d+,?)+");
    }

    @Test
    void changesAreAnnounced() {
        open();
        browser.awaitText("value", "0");

        broker.push("{\"state\":8}");

        browser.awaitText("value", "8");
        await().untilAsserted(
                        () -> assertThat(browser.run("return document.getElementById('announcement').textContent"))
                                .isEqualTo("State 8, live"));
    }

    private void open() {
        open(api);
    }

    private void open(TestApi server) {
        browser.open("http://127.0.0.1:" + server.port());
    }

    private void awaitTrue(String script) {
        await().atMost(Duration.ofSeconds(60)).until(() -> browser.run(script).equals("true"));
    }
}
