package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The watch of a state whose listeners are called on the thread that hands the executor a task. */
class WatchCallsTest {

    private final LogCapture log = new LogCapture();
    private final ManualClock clock = new ManualClock();
    private final ManualSubscriber broker = new ManualSubscriber();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void release() {
        release.countDown();
        CloseTest.awaitNoListenerThreads();
        log.close();
    }

    @Test
    void aBlockedListenerDoesNotStopTheWatchOfOtherStates() throws InterruptedException {
        List<Phase> phases = Collections.synchronizedList(new ArrayList<>());
        ManualSubscriber other = new ManualSubscriber();
        try (LatestState<String> blocked = blockedByItsListener();
                LatestState<String> free = other.state().clock(clock).open()) {
            other.caughtUp();
            free.listenStatus(status -> phases.add(status.phase()));
            await().until(() -> phases.contains(Phase.LIVE));
            clock.advance(Duration.ofSeconds(16));
            await().until(() -> phases.contains(Phase.INTERRUPTED));
            assertThat(blocked.status().phase()).isEqualTo(Phase.INTERRUPTED);
            release.countDown();
        }
    }

    @Test
    void aListenerThatBlocksTheCallsOfTheWatchIsReported() throws InterruptedException {
        try (LatestState<String> blocked = blockedByItsListener()) {
            clock.advance(Duration.ofSeconds(16));
            await().untilAsserted(() -> assertThat(log.messages(Level.WARN))
                    .anySatisfy(line -> assertThat(line).contains("1 more listener(s) of 'models'")));
            assertThat(blocked.status().slowListeners()).isEqualTo(1);
            release.countDown();
        }
    }

    @Test
    void aTaskIsDroppedWhileTheOneBeforeIsRunning() throws InterruptedException {
        WatchCalls calls = new WatchCalls();
        AtomicInteger dropped = new AtomicInteger();
        AtomicBoolean next = new AtomicBoolean();
        calls.execute(this::block);
        running.await();
        calls.execute(dropped::incrementAndGet);
        release.countDown();
        await().until(() -> {
            calls.execute(() -> next.set(true));
            return next.get();
        });
        assertThat(dropped).hasValue(0);
    }

    /** Returns when the watch has called the listener, which waits. */
    private LatestState<String> blockedByItsListener() throws InterruptedException {
        LatestState<String> state =
                broker.state().executor(Runnable::run).clock(clock).open();
        broker.caughtUp();
        state.listenStatus(status -> {
            if (status.phase() == Phase.INTERRUPTED) {
                block();
            }
        });
        clock.advance(Duration.ofSeconds(16));
        running.await();
        return state;
    }

    private void block() {
        running.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
