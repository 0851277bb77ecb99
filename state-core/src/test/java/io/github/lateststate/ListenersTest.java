package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.lateststate.testing.InMemorySubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private static final int MANY = 10_000;
    private static final Origin ORIGIN = Origin.of(ManualSubscriber.record("0", 1, 1, ""));

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
    void aListenerReceivesEachStateOnce() {
        Current<String> first = Current.<String>beforeAnyRecord(null).next("first", ORIGIN, Source.RECORD);
        Current<String> second = first.next("second", ORIGIN, Source.RECORD);
        AtomicInteger asked = new AtomicInteger();
        Listeners<String> listeners =
                listeners(() -> asked.incrementAndGet() <= 2 ? first : second, TimeSource.SYSTEM, Thread::new);
        listeners.add(this::note);
        awaitReceived("first");
        listeners.stateChanged();
        await().until(() -> asked.get() == 2);
        listeners.stateChanged();
        awaitReceived("first", "second");
        listeners.close();
    }

    @Test
    void aListenerIsCalledAsSoonAsAThreadCanBeStarted() {
        Current<String> first = Current.<String>beforeAnyRecord(null).next("first", ORIGIN, Source.RECORD);
        AtomicBoolean full = new AtomicBoolean(true);
        Listeners<String> listeners = listeners(() -> first, TimeSource.SYSTEM, task -> {
            if (full.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(task);
        });
        listeners.add(this::note);
        listeners.look();
        assertThat(received).isEmpty();
        full.set(false);
        listeners.look();
        awaitReceived("first");
        listeners.close();
    }

    @Test
    void blockedListenersDelayOthersOnlyForAWhileAndThreadsAreBounded() {
        ManualClock clock = new ManualClock();
        Current<String> first = Current.<String>beforeAnyRecord(null).next("first", ORIGIN, Source.RECORD);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger threads = new AtomicInteger();
        AtomicInteger blocked = new AtomicInteger();
        AtomicInteger returned = new AtomicInteger();
        Listeners<String> listeners = listeners(() -> first, clock, task -> {
            threads.incrementAndGet();
            return new Thread(task);
        });
        for (int i = 0; i < 3_000; i++) {
            listeners.add(current -> {
                blocked.incrementAndGet();
                release.await();
                returned.incrementAndGet();
            });
        }
        await().until(() -> blocked.get() == 64);
        listeners.look();
        assertThat(threads).hasValue(64);
        await().until(() -> {
            clock.advance(Duration.ofSeconds(16));
            listeners.look();
            return blocked.get() == 256;
        });
        assertThat(threads).hasValue(256);
        release.countDown();
        await().until(() -> returned.get() == 3_000);
        listeners.close();
    }

    private static Listeners<String> listeners(
            Supplier<Current<String>> state, TimeSource time, ThreadFactory threads) {
        return new Listeners<>("models", state, () -> {}, time, new Workers("models", threads));
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
    void aThrowingListenerIsLoggedAndReceivesTheNextState() {
        assertGoesOnAfter(new Exception("checked"));
        assertThat(state.get()).isEqualTo("2");
    }

    @Test
    void aListenerThatThrowsAnErrorIsLoggedAndReceivesTheNextState() {
        assertGoesOnAfter(new AssertionError("error"));
    }

    @Test
    void aThrowingListenerDoesNotAffectOthers() {
        try (LogCapture log = new LogCapture()) {
            state.listen(current -> {
                throw new IllegalStateException("hurts itself");
            });
            state.listen(this::note);
            broker.push("1");
            awaitReceived("1");
            await().until(() -> log.messages(Level.ERROR).size() == 1);
        }
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

    @Test
    void aListenersMessageIsLoggedBoundedAndEscaped() {
        try (LogCapture log = new LogCapture()) {
            state.listen(current -> {
                throw new IllegalStateException(
                        "no such text: " + current.value().orElseThrow());
            });
            broker.push("\u001B[31m\u202E" + "x".repeat(6_000_000));
            await().until(() -> log.messages(Level.ERROR).size() == 1);
            assertThat(log.events(Level.ERROR).get(0).getThrowableProxy().getMessage())
                    .hasSizeLessThan(400)
                    .contains("\\u001B[31m\\u202E");
        }
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

    private void assertGoesOnAfter(Throwable thrown) {
        try (LogCapture log = new LogCapture()) {
            state.listen(current -> {
                note(current);
                if (current.value().orElseThrow().equals("1")) {
                    throwAnyway(thrown);
                }
            });
            broker.push("1");
            await().until(() -> log.messages(Level.ERROR).size() == 1);
            assertThat(log.messages(Level.ERROR).get(0)).contains("models", "position 0");
            broker.push("2");
            awaitReceived("1", "2");
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws checked exceptions and errors alike
    private static <E extends Throwable> void throwAnyway(Throwable e) throws E {
        throw (E) e;
    }
}
