package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.LogCapture;
import io.github.lateststate.NotReadyException;
import io.github.lateststate.NotReadyException.Reason;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwaitResourceTest {

    private final LogCapture log = new LogCapture(LatestResource.class);
    private final Models models = new Models();
    private final LatestResource<String, Model> resource = models.resource().open();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    @AfterEach
    void release() {
        resource.close();
        models.close();
        log.close();
    }

    @Test
    void awaitReadyReturnsWhenThereIsAFirstResource() {
        CompletableFuture<Void> waiting = startWaiting();
        models.broker.push("a");
        waiting.join();
        assertThat(Models.used(resource)).isEqualTo("a");
    }

    @Test
    void awaitReadyReturnsAtOnceIfThereWasAResource() {
        models.swapTo("a", resource);
        resource.awaitReady(Duration.ZERO);
        resource.awaitReady(Duration.ofSeconds(-1));
        Thread.currentThread().interrupt();
        resource.awaitReady(Models.LONG);
        assertThat(Thread.interrupted()).isTrue();
        resource.close();
        resource.awaitReady(Models.LONG);
    }

    @Test
    void theTimeoutMessageSaysWhatItWaitedFor() {
        assertThatThrownBy(() -> resource.awaitReady(Duration.ofMillis(1)))
                .isInstanceOfSatisfying(NotReadyException.class, because(Reason.TIMEOUT))
                .hasMessageContainingAll("'models'", "PT0.001S", "nothing to load");
    }

    @Test
    void theMessageNamesAFailedLoadAndTheWaitGoesOn() {
        Exception away = new Exception("the store is away");
        models.fail("a", away);
        models.broker.push("a");
        await().until(() -> resource.status().loadFailures() == 1);
        assertThatThrownBy(() -> resource.awaitReady(Duration.ZERO))
                .isInstanceOfSatisfying(NotReadyException.class, because(Reason.TIMEOUT))
                .hasMessageContainingAll("is retried", "position 0", "the store is away")
                .hasCause(away);
        CompletableFuture<Void> waiting = startWaiting();
        models.broker.push("b");
        waiting.join();
    }

    @Test
    void closeEndsTheWait() {
        CompletableFuture<Void> waiting = startWaiting();
        resource.close();
        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOfSatisfying(NotReadyException.class, because(Reason.CLOSED))
                .hasMessageContaining("closed");
    }

    @Test
    void aStateThatFailsWithoutAValueEndsTheWait() {
        CompletableFuture<Void> waiting = startWaiting();
        models.broker.fail(new Exception("bad setting"));
        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOfSatisfying(NotReadyException.class, because(Reason.FAILED))
                .hasMessageContaining("bad setting");
    }

    @Test
    void aStateThatIsClosedWithoutAValueEndsTheWait() {
        CompletableFuture<Void> waiting = startWaiting();
        models.state.close();
        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOfSatisfying(NotReadyException.class, because(Reason.CLOSED));
    }

    @Test
    void aValueThatABusyExecutorDidNotDeliverIsLoadedAtTheEndOfItsState() {
        LatestState<String> state = busyState();
        try (LatestResource<String, Model> late = loadedAtOnce(state)) {
            models.broker.push("a");
            state.close();
            assertThat(late.status().loads()).isZero();
            runTasks();
            late.awaitReady(Duration.ZERO);
            assertThat(Models.used(late)).isEqualTo("a");
            assertThat(late.ready().toCompletableFuture()).isCompletedWithValue(late);
        }
    }

    @Test
    void aResourceInServiceIsNotLoadedAgainAtTheEndOfItsState() {
        LatestState<String> state = busyState();
        try (LatestResource<String, Model> late = loadedAtOnce(state)) {
            models.broker.push("a");
            runTasks();
            state.close();
            runTasks();
            assertThat(late.status().loads()).isEqualTo(1);
        }
    }

    @Test
    void theStageCompletesWhenThereIsAFirstResource() {
        CompletableFuture<LatestResource<String, Model>> ready =
                resource.ready().toCompletableFuture();
        assertThat(ready).isNotDone();
        models.swapTo("a", resource);
        assertThat(ready).succeedsWithin(Duration.ofSeconds(10)).isSameAs(resource);
        resource.close();
        assertThat(resource.ready().toCompletableFuture()).isCompletedWithValue(resource);
    }

    @Test
    void theStageCompletesWithTheReasonIfThereWillBeNoResource() {
        CompletableFuture<LatestResource<String, Model>> ready =
                resource.ready().toCompletableFuture();
        resource.close();
        await().until(ready::isDone);
        assertThatThrownBy(ready::join).cause().isInstanceOfSatisfying(NotReadyException.class, because(Reason.CLOSED));
    }

    @Test
    void anInterruptEndsTheWaitAndTheFlagStaysSet() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> resource.awaitReady(Models.LONG))
                .isInstanceOfSatisfying(NotReadyException.class, because(Reason.INTERRUPTED))
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Its executor runs nothing before {@link #runTasks}. */
    private LatestState<String> busyState() {
        return LatestState.builder(Decoder.utf8()).subscriber(models.broker).stream("models")
                .executor(tasks::add)
                .open();
    }

    private LatestResource<String, Model> loadedAtOnce(LatestState<String> state) {
        return LatestResource.builder(state, models::load, models::dispose)
                .executor(Runnable::run)
                .open();
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static Consumer<NotReadyException> because(Reason reason) {
        return thrown -> assertThat(thrown.reason()).isEqualTo(reason);
    }

    /** Returns when the other thread waits. */
    private CompletableFuture<Void> startWaiting() {
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                resource.awaitReady(Models.LONG);
                waiting.complete(null);
            } catch (RuntimeException e) {
                waiting.completeExceptionally(e);
            }
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return waiting;
    }
}
