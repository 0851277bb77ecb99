package io.github.lateststate.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.testing.InMemorySubscriber;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The versions of several instances side by side. Another instance may be away, behind or hostile. */
class LivePageInstancesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STATE =
            "{\"state\":%s,\"partition\":\"%s\",\"position\":\"1\",\"timestamp\":null,\"age\":null}";
    private static final String STATUS = "{\"at\":\"2026-01-02T03:04:05Z\",\"phase\":\"%s\","
            + "\"since\":\"2026-01-02T03:04:05Z\",\"lastContact\":null,\"lastError\":null,\"rejected\":0,"
            + "\"lastRejection\":null,\"stream\":\"state\",\"group\":\"group-1\"}";

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final int otherPort = freePort();
    private final int thisPort = freePort();
    private final Instances instances = new Instances(List.of(address(thisPort), address(otherPort)));
    private final TestApi api = new TestApi(broker, InstantSource.system(), thisPort, instances);

    @RegisterExtension
    private final HostileInstance hostile = new HostileInstance(otherPort);

    @RegisterExtension
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void instancesAreComparedAndOneThatIsAwayIsShownUntilItIsBack() {
        InMemorySubscriber others = new InMemorySubscriber();
        TestApi.push(broker, TestApi.NOW, 41);
        TestApi.push(others, TestApi.NOW, 41);
        try (TestApi other = other(others)) {
            assertThat(other.port()).isEqualTo(otherPort);
            open();
            browser.awaitText("agreement", "All 2 have the same version.");
            browser.awaitText("instances", "(this page)", "partition p7, position 0", "● live");

            TestApi.push(broker, TestApi.NOW.plusSeconds(1), 42);
            browser.awaitText("agreement", "The versions differ. Behind: localhost:" + otherPort + ".");
            assertThat(card(1)).contains("41", "behind");
            TestApi.push(others, TestApi.NOW.plusSeconds(1), 42);
            browser.awaitText("agreement", "All 2 have the same version.");
        }
        browser.awaitText("agreement", "1 instance answers. No answer from 1 of 2.");
        assertThat(card(1)).contains("42", "↻ no answer", "this was its state as of");
        assertThat(browser.text("link")).contains("connected");

        try (TestApi other = other(others)) {
            assertThat(other.port()).isEqualTo(otherPort);
            browser.awaitText("agreement", "All 2 have the same version.");
        }
    }

    @Test
    void anInstanceThatDoesNotNameThisOneIsNotRead() {
        try (TestApi other =
                new TestApi(new InMemorySubscriber(), InstantSource.system(), otherPort, new Instances(List.of()))) {
            assertThat(other.port()).isEqualTo(otherPort);
            open();

            browser.awaitText("instances", "its INSTANCES does not name " + address(thisPort));
            browser.awaitComplaint("CORS policy");
        }
    }

    @Test
    void aPageAtAnotherAddressSaysWhyItReadsNoInstance() {
        browser.open("http://127.0.0.1:" + thisPort);

        browser.awaitText("elsewhere", "This page is at http://127.0.0.1:" + thisPort);
        browser.awaitText("agreement", "No answer from 2 of 2.");
        browser.awaitText("value", "0");
    }

    @Test
    void theMarkupOfAHostileInstanceIsTextAndItsWordsAreBounded() throws Exception {
        String partition = "<img src=x onerror=document.title=1>\u202e" + "x".repeat(5_000);
        hostile.answer("text/event-stream", out -> {
            out.write(HostileInstance.event("state", STATE.formatted("7", partition)));
            out.write(HostileInstance.event("status", STATUS.formatted("LIVE")));
            HostileInstance.keepOpen(out);
        });

        open();
        browser.awaitText("instances", "<img src=x onerror=document.title=1>\ufffdxxx");

        assertThat(browser.run("return document.querySelectorAll('img').length"))
                .isEqualTo("0");
        assertThat(card(1).length()).isLessThan(500);
        for (int width : new int[] {320, 1_200}) {
            browser.width(width);
            assertThat(browser.overflow()).isEqualTo("0");
        }
        assertThat(browser.text("value")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "null",
                "[]",
                "{\"state\":\"<b>7</b>\",\"partition\":null,\"position\":null,\"timestamp\":null,\"age\":null}",
                "{\"state\":7,\"partition\":{},\"position\":null,\"timestamp\":null,\"age\":null}",
                "{\"state\":7,\"partition\":null,\"position\":null,\"timestamp\":\"soon\",\"age\":null}"
            })
    void anInstanceThatAnswersGarbageCountsAsNoAnswer(String garbage) throws Exception {
        CountDownLatch asked = new CountDownLatch(2); // the second time after the garbage
        hostile.answer("text/event-stream", out -> {
            asked.countDown();
            out.write(HostileInstance.event("status", STATUS.formatted("LIVE")));
            out.write(HostileInstance.event("state", garbage));
            HostileInstance.keepOpen(out);
        });

        open();
        await().atMost(PATIENCE).until(() -> asked.getCount() == 0);

        assertThat(browser.text("agreement")).isEqualTo("1 instance answers. No answer from 1 of 2.");
        assertThat(browser.text("value")).isEqualTo("0");
        assertThat(browser.complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "text/html"})
    void anAnswerWithoutEndIsNotRead(String type) throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        byte[] piece = "x".repeat(10_000).getBytes(UTF_8);
        hostile.answer(type, out -> {
            out.write("event: state\ndata: ".getBytes(UTF_8));
            try {
                while (true) {
                    out.write(piece);
                }
            } catch (IOException e) {
                hungUp.countDown();
            }
        });

        open();

        await().atMost(PATIENCE).until(() -> hungUp.getCount() == 0);
        browser.awaitText("agreement", "1 instance answers. No answer from 1 of 2.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theInstancesAreReadableInBothColourSchemes(String scheme) {
        browser.colourScheme(scheme);
        open();
        browser.awaitText("agreement", "1 instance answers.");

        assertThat(Double.parseDouble(browser.run(LivePageLookIT.LOWEST_CONTRAST)))
                .isGreaterThan(4.5);
    }

    private TestApi other(InMemorySubscriber subscriber) {
        return new TestApi(subscriber, InstantSource.system(), otherPort, instances);
    }

    private void open() {
        browser.open(address(thisPort));
    }

    private String card(int index) {
        return browser.run("return document.querySelectorAll('#instances li')[" + index + "].innerText");
    }

    private static String address(int port) {
        return "http://localhost:" + port;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
