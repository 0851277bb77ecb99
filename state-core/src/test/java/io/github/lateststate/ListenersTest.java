package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.lateststate.testing.InMemorySubscriber;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private static final int MANY = 10_000;

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final LatestState<String> state = LatestState.builder(ManualSubscriber.TEXT).subscriber(broker).stream(
                    "models")
            .open();
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void closeAndLeaveNoThreads() {
        state.close();
        CloseTest.awaitNoListenerThreads();
    }

    @Test
    void aListenerReceivesTheCurrentStateThenNewerOnes() {
        broker.push("a");
        state.listen(this::note);
        awaitReceived("a");
        broker.push("b");
        awaitReceived("a", "b");
    }

    @Test
    void aListenerReceivesNothingBeforeThereIsAState() {
        state.listen(this::note);
        broker.push("a");
        awaitReceived("a");
    }

    @Test
    void aListenerReceivesTheInitialValue() {
        try (LatestState<String> withInitial = LatestState.builder(ManualSubscriber.TEXT).subscriber(broker).stream(
                        "models")
                .initial("initial")
                .open()) {
            withInitial.listen(this::note);
            awaitReceived("initial");
        }
    }

    @Test
    void aListenerReceivesTombstones() {
        broker.push("a");
        state.listen(this::note);
        awaitReceived("a");
        broker.pushTombstone();
        awaitReceived("a", "(none)");
    }

    @Test
    void aListenerReceivesNothingForARejectedRecord() {
        try (LogCapture log = new LogCapture()) {
            state.listen(this::note);
            broker.push("bad");
            broker.push("a");
            awaitReceived("a");
            assertThat(log.messages(Level.WARN)).hasSize(1);
        }
    }

    @Test
    void aListenerReceivesNothingForARecordThatDoesNotChangeTheState() {
        broker.push(ManualSubscriber.record("0", 0, 10, "newer"));
        state.listen(this::note);
        awaitReceived("newer");
        broker.push(ManualSubscriber.record("1", 0, 5, "older, of another partition"));
        broker.push(ManualSubscriber.record("0", 1, 11, "next"));
        awaitReceived("newer", "next");
        assertThat(state.current().version()).isEqualTo(2);
    }

    @Test
    void aListenerNeverGoesBackInTimeDuringQuickUpdatesAndReceivesTheLast() {
        state.listen(this::note);
        pushMany();
        awaitLastOfMany();
        assertThat(received).extracting(Integer::parseInt).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aListenerRegisteredAtTheMomentOfAChangeReceivesIt() throws InterruptedException {
        for (int i = 1; i <= 1_000; i++) {
            String value = Integer.toString(i);
            CountDownLatch receivedIt = new CountDownLatch(1);
            CompletableFuture<Void> change = CompletableFuture.runAsync(() -> broker.push(value));
            Registration registration = state.listen(current -> {
                if (current.value().orElseThrow().equals(value)) {
                    receivedIt.countDown();
                }
            });
            assertThat(receivedIt.await(10, TimeUnit.SECONDS)).isTrue();
            change.join();
            registration.close();
        }
    }

    @Test
    void aSlowListenerSkipsSupersededStatesAndDelaysNoOther() {
        CountDownLatch release = new CountDownLatch(1);
        List<String> receivedBySlow = Collections.synchronizedList(new ArrayList<>());
        state.listen(current -> {
            receivedBySlow.add(current.value().orElseThrow());
            release.await();
        });
        state.listen(this::note);
        broker.push("1");
        await().until(() -> receivedBySlow.equals(List.of("1")));
        broker.push("2");
        broker.push("3");
        assertThat(state.get()).isEqualTo("3");
        await().until(() -> received.contains("3"));
        assertThat(receivedBySlow).containsExactly("1");
        release.countDown();
        await().until(() -> receivedBySlow.equals(List.of("1", "3")));
    }

    @Test
    void callsToOneListenerNeverOverlap() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        state.listen(current -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            note(current);
            inside.decrementAndGet();
        });
        pushMany();
        awaitLastOfMany();
        assertThat(most).hasValue(1);
    }

    @Test
    void aClosedRegistrationReceivesNothingMore() {
        Registration registration = state.listen(this::note);
        broker.push("1");
        awaitReceived("1");
        registration.close();
        registration.close();
        assertNotReceived("2");
    }

    @Test
    void aListenerMayCloseItsOwnRegistration() {
        CompletableFuture<Registration> self = new CompletableFuture<>();
        self.complete(state.listen(current -> {
            note(current);
            self.join().close();
        }));
        broker.push("1");
        awaitReceived("1");
        assertNotReceived("2");
    }

    @Test
    void closingTheStateEndsTheListeners() {
        state.listen(this::note);
        broker.push("1");
        awaitReceived("1");
        state.close();
        broker.push("2");
        CloseTest.awaitNoListenerThreads();
        assertThat(received).containsExactly("1");
    }

    @Test
    void aListenerMayBeOfASupertype() {
        StateListener<Object> listener = current -> received.add(current.toString());
        state.listen(listener);
        broker.push("a");
        await().until(() -> received.size() == 1);
        assertThat(received.get(0)).startsWith("a from partition 0, position 0");
    }

    private void note(Current<String> current) {
        received.add(current.value().orElse("(none)"));
    }

    private void pushMany() {
        for (int i = 1; i <= MANY; i++) {
            broker.push(Integer.toString(i));
        }
    }

    private void awaitLastOfMany() {
        await().until(() ->
                !received.isEmpty() && received.get(received.size() - 1).equals(Integer.toString(MANY)));
    }

    private void awaitReceived(String... states) {
        await().untilAsserted(() -> assertThat(List.copyOf(received)).containsExactly(states));
    }

    /** Waits until another listener is called and all threads have ended, so that no call can be on its way. */
    private void assertNotReceived(String value) {
        AtomicInteger others = new AtomicInteger();
        state.listen(current -> others.incrementAndGet());
        broker.push(value);
        await().until(() -> others.get() > 0);
        state.close();
        CloseTest.awaitNoListenerThreads();
        assertThat(received).doesNotContain(value);
    }
}
