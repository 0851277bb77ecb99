package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LogCapture;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwaitResourceTest {

    private final LogCapture log = new LogCapture(LatestResource.class);
    private final Models models = new Models();
    private final LatestResource<String, Model> resource = models.resource().open();

    @AfterEach
    void release() {
        resource.close();
        models.close();
        log.close();
    }

    @Test
    void itReturnsWhenTheFirstResourceIsThere() {
        CompletableFuture<Void> waiting = startWaiting();
        models.broker.push("a");
        waiting.join();
        assertThat(Models.used(resource)).isEqualTo("a");
    }

    @Test
    void itReturnsAtOnceWhenThereWasOne() {
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
    void onTimeOutTheMessageSaysWhatItWaitedFor() {
        assertThatThrownBy(() -> resource.awaitReady(Duration.ofMillis(1)))
                .isInstanceOf(NoResourceException.class)
                .hasMessageContainingAll("'models'", "PT0.001S", "nothing to load");
    }

    @Test
    void afterAFailedLoadTheMessageNamesItAndTheWaitGoesOn() {
        Exception away = new Exception("the store is away");
        models.fail("a", away);
        models.broker.push("a");
        await().until(() -> resource.status().loadFailures() == 1);
        assertThatThrownBy(() -> resource.awaitReady(Duration.ZERO))
                .isInstanceOf(NoResourceException.class)
                .hasMessageContainingAll("tried again", "position 0", "the store is away")
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
                .isInstanceOf(NoResourceException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void anInterruptEndsTheWaitAndIsKept() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> resource.awaitReady(Models.LONG))
                .isInstanceOf(NoResourceException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
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
