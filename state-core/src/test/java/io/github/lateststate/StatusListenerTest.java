package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusListenerTest {

    private final LogCapture log = new LogCapture();
    private final ManualClock clock = new ManualClock();
    private final ManualSubscriber broker = new ManualSubscriber();
    private final LatestState<String> state = broker.state().clock(clock).open();
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void release() {
        state.close();
        CloseTest.awaitNoListenerThreads();
        log.close();
    }

    @Test
    void aListenerReceivesThePresentStatusThenEachChangeOfPhaseReadinessErrorAndRejections() {
        state.listenStatus(this::note);
        broker.sink().interrupted(new Exception("away"));
        broker.sink().interrupted(new Exception("wrong password"));
        broker.sink().contact(Duration.ZERO, false);
        broker.caughtUp();
        broker.offer(1, "bad 1");
        broker.offer(2, "bad 2");
        broker.sink().failed(new Exception("bad setting"));
        state.close();
        awaitReceived(
                "STARTING",
                "INTERRUPTED away",
                "INTERRUPTED wrong password",
                "STARTING wrong password",
                "LIVE ready wrong password",
                "LIVE ready 1 rejected wrong password",
                "LIVE ready 2 rejected wrong password",
                "FAILED 2 rejected bad setting",
                "CLOSED 2 rejected bad setting");
    }

    @Test
    void aListenerReceivesNothingForOtherChanges() {
        broker.caughtUp();
        state.listenStatus(this::note);
        broker.offer(1, "a");
        broker.sink().contact(Duration.ZERO, false);
        broker.sink().contact(Duration.ZERO, true);
        state.close();
        awaitReceived("LIVE ready", "CLOSED ready");
    }

    @Test
    void aListenerReceivesNothingForAnErrorThatDiffersOnlyInNumbers() {
        Exception newest = new Exception("no answer to request 2");
        state.listenStatus(this::note);
        broker.sink().interrupted(new Exception("no answer to request 1"));
        broker.sink().interrupted(newest);
        assertThat(state.status().lastError()).containsSame(newest);
        broker.sink().interrupted(new Exception("wrong password"));
        awaitReceived("STARTING", "INTERRUPTED no answer to request 1", "INTERRUPTED wrong password");
    }

    @Test
    void aSilentBrokerIsReportedWithoutAnyoneAsking() {
        broker.caughtUp();
        state.listenStatus(this::note);
        awaitReceived("LIVE ready");
        clock.advance(Duration.ofSeconds(16));
        await().untilAsserted(
                        () -> assertThat(received).hasSize(2).last().asString().startsWith("INTERRUPTED ready"));
    }

    @Test
    void progressIsOfTheMomentOfTheCall() {
        state.listenStatus(status -> received.add(status.progress()));
        awaitReceived(ManualSubscriber.PROGRESS);
    }

    @Test
    void aBlockedListenerReceivesEachChangeLaterAndDelaysNoOther() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> receivedBySlow = Collections.synchronizedList(new ArrayList<>());
        state.listenStatus(status -> {
            receivedBySlow.add(described(status));
            running.countDown();
            release.await();
        });
        running.await();
        state.listenStatus(this::note);
        broker.caughtUp();
        state.close();
        awaitReceived("STARTING", "LIVE ready", "CLOSED ready");
        assertThat(receivedBySlow).containsExactly("STARTING");
        release.countDown();
        await().untilAsserted(() -> assertThat(List.copyOf(receivedBySlow)).isEqualTo(received));
    }

    @Test
    void aListenerThatIsFarBehindSkipsTheOldestAndReceivesTheLast() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<Long> rejections = Collections.synchronizedList(new ArrayList<>());
        broker.caughtUp();
        state.listenStatus(status -> {
            rejections.add(status.rejected());
            running.countDown();
            release.await();
        });
        running.await();
        for (int i = 1; i <= 1_500; i++) {
            broker.offer(i, "bad");
        }
        release.countDown();
        await().until(() -> rejections.contains(1_500L));
        assertThat(rejections.get(0)).isZero();
        assertThat(rejections.subList(1, rejections.size()))
                .isEqualTo(IntStream.rangeClosed(501, 1_500)
                        .mapToLong(i -> i)
                        .boxed()
                        .toList());
    }

    @Test
    void aListenerThatThrowsIsLoggedAndReceivesTheNextChange() {
        state.listenStatus(status -> {
            note(status);
            throw new Exception("hurts itself");
        });
        broker.caughtUp();
        awaitReceived("STARTING", "LIVE ready");
        await().until(() -> state.status().listenerFailures() == 2);
    }

    @Test
    void aClosedRegistrationReceivesNothingMore() {
        Registration registration = state.listenStatus(this::note);
        awaitReceived("STARTING");
        registration.close();
        registration.close();
        broker.caughtUp();
        state.close();
        CloseTest.awaitNoListenerThreads();
        assertThat(received).containsExactly("STARTING");
    }

    @Test
    void aRegistrationAtTheMomentOfAChangeMissesNothing() {
        for (int i = 1; i <= 300; i++) {
            long rejected = i;
            List<Long> seen = Collections.synchronizedList(new ArrayList<>());
            Thread change = new Thread(() -> broker.offer((int) rejected, "bad"));
            change.start();
            Registration registration = state.listenStatus(status -> seen.add(status.rejected()));
            await().until(() -> seen.contains(rejected));
            assertThat(seen).isSorted().doesNotHaveDuplicates();
            registration.close();
        }
    }

    @Test
    void aClosedStateAcceptsNoListeners() {
        state.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> state.listenStatus(this::note))
                .withMessageContaining("models");
        assertThatIllegalStateException()
                .isThrownBy(() -> state.listen(current -> {}))
                .withMessageContaining("models");
    }

    private void note(Status status) {
        received.add(described(status));
    }

    private static String described(Status status) {
        return status.phase()
                + (status.ready() ? " ready" : "")
                + (status.rejected() == 0 ? "" : " " + status.rejected() + " rejected")
                + status.lastError().map(error -> " " + error.getMessage()).orElse("");
    }

    private void awaitReceived(String... statuses) {
        await().untilAsserted(() -> assertThat(List.copyOf(received)).containsExactly(statuses));
    }
}
