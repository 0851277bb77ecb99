package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StepThreadsTest {

    private final AtomicBoolean full = new AtomicBoolean(true);
    private final CountDownLatch ran = new CountDownLatch(1);
    private final StepThreads threads = new StepThreads(2, step -> {
        if (full.get()) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        return new Thread(step);
    });

    @Test
    void aStepForWhichNoThreadCouldBeStartedRunsOnceThereIsOne() {
        threads.execute(ran::countDown);
        full.set(false);
        awaitRun();
    }

    @Test
    void aStepAfterAPauseForWhichNoThreadCouldBeStartedRunsOnceThereIsOne() {
        threads.execute(ran::countDown, Duration.ofMillis(1)).run();
        full.set(false);
        awaitRun();
    }

    @Test
    void aPauseCanBeCutShort() {
        full.set(false);
        threads.execute(ran::countDown, Duration.ofDays(1)).run();
        awaitRun();
    }

    private void awaitRun() {
        await().atMost(PATIENCE).until(() -> ran.getCount() == 0);
    }
}
