package io.github.lateststate.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.spi.StoppedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialLoopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofMillis(50);
    private static final int THREADS = 4;

    private final ConcurrentLinkedQueue<Object> seen = new ConcurrentLinkedQueue<>();
    private final LoopThreads threads = LoopThreads.shared(THREADS, "serial-loop-test", IDLE);

    @Test
    void tasksRunOneAfterTheOtherInTheirOrder() {
        List<SerialLoop> loops = List.of(SerialLoop.on(threads, seen::add), SerialLoop.on(threads, seen::add));
        List<List<Integer>> done = List.of(new ArrayList<>(), new ArrayList<>()); // without locks on purpose
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            loops.get(i % 2).execute(() -> done.get(number % 2).add(number));
        }
        loops.forEach(loop -> loop.execute(() -> seen.add("done")));
        await().atMost(PATIENCE).until(() -> seen.size() == 2);

        assertThat(done.get(0))
                .isEqualTo(IntStream.range(0, 5_000).map(i -> 2 * i).boxed().toList());
        assertThat(done.get(1))
                .isEqualTo(IntStream.range(0, 5_000).map(i -> 2 * i + 1).boxed().toList());
        assertThat(seen).containsOnly("done");
    }

    @Test
    void aCrashIsReportedAndTheLoopGoesOn() {
        IllegalStateException crash = new IllegalStateException();
        SerialLoop loop = SerialLoop.on(threads, seen::add);
        loop.execute(() -> {
            throw crash;
        });
        loop.execute(() -> {
            throw new StoppedException();
        });
        loop.execute(() -> seen.add("next"));

        await().atMost(PATIENCE).until(() -> seen.size() >= 2);
        assertThat(seen).containsExactly(crash, "next");
    }

    @Test
    void aLoopGoesOnAfterItsCrashHandlerWasStopped() {
        SerialLoop loop = SerialLoop.on(threads, thrown -> {
            throw new StoppedException();
        });
        loop.execute(() -> {
            throw new IllegalStateException();
        });
        loop.execute(() -> seen.add("next"));

        await().atMost(PATIENCE).until(() -> seen.contains("next"));
    }

    @Test
    void aTimerThatIsCancelledWhenItIsDueDoesNotRun() {
        SerialLoop loop = SerialLoop.on(threads, seen::add);
        loop.execute(() -> {
            Loop.Timer cancelled = loop.after(Duration.ZERO, () -> seen.add("cancelled"));
            await().atMost(PATIENCE).until(() -> threads.isIdleBut(1));
            cancelled.cancel();
            loop.after(Duration.ZERO, () -> seen.add("timer"));
        });

        await().atMost(PATIENCE).until(() -> seen.contains("timer"));
        assertThat(seen).containsExactly("timer");
    }

    @Test
    void aTimerRunsWhenItIsDue() {
        SerialLoop loop = SerialLoop.on(threads, seen::add);
        long begin = System.nanoTime();
        loop.after(Duration.ofMillis(30), () -> seen.add(System.nanoTime()));

        await().atMost(PATIENCE).until(() -> !seen.isEmpty());
        assertThat((long) seen.peek() - begin)
                .isGreaterThanOrEqualTo(Duration.ofMillis(30).toNanos());
    }

    @Test
    void closeRunsOnlyTheLastTaskAfterTheCurrentOne() throws Exception {
        SerialLoop loop = SerialLoop.on(threads, seen::add);
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean goOn = new AtomicBoolean();
        loop.execute(() -> {
            begun.countDown();
            await().atMost(PATIENCE).untilTrue(goOn);
            seen.add("under way");
        });
        loop.execute(() -> seen.add("waiting"));
        loop.after(Duration.ZERO, () -> seen.add("timer"));
        begun.await();
        Thread closing = new Thread(() -> loop.close(() -> seen.add("last"), PATIENCE));
        closing.start();
        await().atMost(PATIENCE).until(loop::isClosed);
        loop.execute(() -> seen.add("too late"));
        assertThat(closing.isAlive()).isTrue();
        goOn.set(true);
        closing.join(PATIENCE.toMillis());

        assertThat(seen).containsExactly("under way", "last");
        loop.close(() -> seen.add("again"), PATIENCE);
        assertThat(seen).containsExactly("under way", "last");
    }

    /** A task of another loop may take long, and this loop has a task that waits for the same thread. */
    @Test
    void closeDoesNotWaitForTheTasksOfOtherLoops() throws Exception {
        SerialLoop other = SerialLoop.on(threads, seen::add);
        CountDownLatch begun = new CountDownLatch(THREADS);
        AtomicBoolean goOn = new AtomicBoolean();
        for (int i = 0; i < THREADS; i++) {
            SerialLoop.on(threads, seen::add).execute(() -> {
                begun.countDown();
                await().atMost(PATIENCE).untilTrue(goOn);
            });
        }
        begun.await();
        SerialLoop loop = SerialLoop.on(threads, seen::add);
        loop.execute(() -> seen.add("waiting"));
        loop.close(() -> seen.add("last"), PATIENCE);
        assertThat(seen).containsExactly("last");

        goOn.set(true);
        other.execute(() -> seen.add("other"));
        await().atMost(PATIENCE).until(() -> seen.contains("other"));
        assertThat(seen).containsExactly("last", "other");
    }

    @Test
    void closeFromATaskDoesNotWaitForItself() {
        SerialLoop loop = SerialLoop.on(threads, seen::add);
        loop.execute(() -> {
            loop.close(() -> seen.add("last"), PATIENCE);
            seen.add("closed");
        });

        await().atMost(PATIENCE).until(() -> seen.size() == 2);
        assertThat(seen).containsExactly("closed", "last");
    }

    @Test
    void anInterruptDoesNotEndTheWaitOfCloseAndTheFlagStaysSet() {
        SerialLoop loop = SerialLoop.onOwnThread("serial-loop-test-own", seen::add);
        loop.execute(() -> seen.add("task"));
        await().atMost(PATIENCE).until(() -> seen.contains("task"));
        Thread.currentThread().interrupt();
        loop.close(() -> seen.add("last"), PATIENCE);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen).containsExactly("task", "last");
    }

    @Test
    void aThreadOfItsOwnEndsWithTheLoop() {
        SerialLoop loop = SerialLoop.onOwnThread("serial-loop-test-own", seen::add);
        loop.execute(() -> seen.add(Thread.currentThread()));
        loop.after(Duration.ofDays(1), () -> seen.add("never"));
        await().atMost(PATIENCE).until(() -> !seen.isEmpty());
        loop.close(() -> seen.add("last"), PATIENCE);

        assertThat(seen).hasSize(2).last().isEqualTo("last");
        Thread own = (Thread) seen.peek();
        assertThat(own.isAlive()).isFalse();
        loop.after(Duration.ZERO, () -> seen.add("too late"));
    }

    @Test
    void aPoolWithoutWorkHoldsNoThread() {
        SerialLoop loop = SerialLoop.on(threads, seen::add);
        loop.execute(() -> seen.add("task"));
        await().atMost(PATIENCE).until(() -> seen.contains("task"));

        await().atMost(PATIENCE).until(() -> threads.size() == 0);
    }
}
