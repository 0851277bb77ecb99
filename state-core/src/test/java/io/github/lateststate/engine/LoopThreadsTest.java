package io.github.lateststate.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LoopThreadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicBoolean full = new AtomicBoolean(true);
    private final CountDownLatch ran = new CountDownLatch(1);
    private final LoopThreads threads = LoopThreads.shared(
            2,
            work -> {
                if (full.get()) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                return new Thread(work);
            },
            Duration.ofMillis(50));

    @Test
    void aTaskRunsAsSoonAsAThreadCanBeStarted() {
        threads.execute(ran::countDown);
        full.set(false);
        awaitRun();
    }

    @Test
    void aDelayedTaskRunsAsSoonAsAThreadCanBeStarted() {
        assertThat(threads.schedule(Duration.ofMillis(1), ran::countDown)).isNull();
        full.set(false);
        awaitRun();
    }

    @Test
    void aDelayedTaskCanBeCancelled() {
        full.set(false);
        Future<?> scheduled = requireNonNull(threads.schedule(Duration.ofDays(1), ran::countDown));
        assertThat(scheduled.cancel(false)).isTrue();
        await().atMost(PATIENCE).until(() -> threads.size() == 0); // nothing is due any more
        assertThat(ran.getCount()).isOne();
    }

    @Test
    void theEndWaitsUntilTheThreadIsGone() throws Exception {
        Thread tester = Thread.currentThread();
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Thread> made = new CompletableFuture<>();
        LoopThreads single = new LoopThreads(1, work -> {
            Thread thread = new Thread(() -> {
                work.run();
                over.countDown(); // the pool is terminated, and this thread still there
                while (tester.getState() != Thread.State.TIMED_WAITING) {
                    Thread.onSpinWait();
                }
            });
            thread.setDaemon(true);
            made.complete(thread);
            return thread;
        });
        single.execute(single::end);
        over.await();

        single.awaitEnd(PATIENCE.toNanos());

        assertThat(made.join().isAlive()).isFalse();
    }

    private void awaitRun() {
        await().atMost(PATIENCE).until(() -> ran.getCount() == 0);
    }
}
