package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners whose threads the test makes. */
class ListenerThreadsTest {

    private static final Origin ORIGIN = Origin.of(ManualSubscriber.record("0", 1, 1, ""));

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void leaveNoThreads() {
        CloseTest.awaitNoListenerThreads();
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
        look(listeners);
        assertThat(received).isEmpty();
        full.set(false);
        look(listeners);
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
        look(listeners);
        assertThat(threads).hasValue(64);
        await().until(() -> {
            clock.advance(Duration.ofSeconds(16));
            look(listeners);
            return blocked.get() == 256;
        });
        assertThat(threads).hasValue(256);
        release.countDown();
        await().until(() -> returned.get() == 3_000);
        listeners.close();
    }

    private static void look(Listeners<String> listeners) {
        listeners.reportSlow();
        listeners.tryAgain();
    }

    private static Listeners<String> listeners(
            Supplier<Current<String>> state, TimeSource time, ThreadFactory threads) {
        return new Listeners<>("models", state, () -> {}, time, new Workers("models", threads));
    }

    private void note(Current<String> current) {
        received.add(current.value().orElse("(none)"));
    }

    private void awaitReceived(String... states) {
        await().untilAsserted(() -> assertThat(List.copyOf(received)).containsExactly(states));
    }
}
