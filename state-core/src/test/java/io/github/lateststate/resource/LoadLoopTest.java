package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.Current;
import io.github.lateststate.LogCapture;
import io.github.lateststate.concurrent.Backoff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadLoopTest {

    private final LogCapture log = new LogCapture(LatestResource.class);
    private final Models models = new Models();
    private final Slot<String, Model> slot = new Slot<>();
    private final LoadTracker<String> tracker = new LoadTracker<>(InstantSource.system());
    private final Backoff backoff = new Backoff(Duration.ofMillis(1), Models.LONG, () -> 1);
    private final AtomicBoolean full = new AtomicBoolean();
    private final LoadLoop<String, Model> loop = new LoadLoop<>(
            "models",
            new Loading<>(
                    models::load,
                    model -> {},
                    new Disposals<>("models", models::dispose, this::disposer),
                    InstantSource.system()),
            slot,
            tracker,
            backoff,
            task -> new Thread(task, "latest-state-loader-models").start());

    @AfterEach
    void release() {
        slot.close();
        loop.stop().join();
        models.close();
        log.close();
    }

    @Test
    void onlyTheNewestStateOfThoseThatArriveDuringALoadIsLoaded() {
        CountDownLatch gate = models.hold("a");
        loop.stateChanged(state("a"));
        models.awaitTried("a");
        loop.stateChanged(state("b"));
        loop.stateChanged(state("c"));
        loop.stateChanged(state("d"));
        gate.countDown();
        models.awaitTried("a", "d");
        models.awaitDisposed("a");
    }

    @Test
    void theRetriesOfANewValueBeginWithTheFirstPause() {
        while (backoff.next().compareTo(Models.LONG) < 0) {
            assertThat(models.tried).isEmpty();
        }
        models.fail("a", new Exception("away"));
        loop.stateChanged(state("a"));
        await().until(() -> models.tried.size() > 2);
        assertThat(tracker.status(null, 0).phase()).isEqualTo(LoadPhase.RETRYING);
    }

    @Test
    void aDisposalWithoutAThreadComesLaterAndFailsNoLoad() {
        full.set(true);
        loop.stateChanged(state("a"));
        models.awaitTried("a");
        loop.stateChanged(state("b"));
        await().until(() -> tracker.status(null, 0).loads() == 2);
        assertThat(tracker.status(null, 0).loadFailures()).isZero();
        assertThat(models.disposed).isEmpty();
        full.set(false);
        models.awaitDisposed("a");
    }

    private Thread disposer(Runnable task) {
        if (full.get()) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        return new Thread(task);
    }

    private Supplier<Current<String>> state(String name) {
        models.broker.push(name);
        return models.state::current;
    }
}
