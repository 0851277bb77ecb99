package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.lateststate.LogCapture;
import io.github.lateststate.Phase;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CloseResourceTest {

    private final LogCapture log = new LogCapture(LatestResource.class);
    private final CompletableFuture<LatestResource<String, Model>> self = new CompletableFuture<>();
    private final Models models = new Models();

    @AfterEach
    void leaveNothing() {
        models.close();
        log.close();
    }

    @Test
    void aResourceWithoutLeasesIsDisposedOfWhenCloseReturns() {
        LatestResource<String, Model> resource = models.resource().open();
        models.swapTo("a", resource);
        resource.close();
        assertThat(models.disposed).containsExactly("a");
        resource.close();
        assertThat(models.disposed).containsExactly("a");
    }

    @Test
    void anOpenLeaseStaysValidAndItsResourceIsDisposedOfAfterIt() {
        LatestResource<String, Model> resource = models.resource().open();
        models.swapTo("a", resource);
        Lease<String, Model> lease = resource.acquire();
        resource.close();
        assertThat(lease.get().use()).isEqualTo("a");
        assertThat(resource.status().leasesOpen()).isEqualTo(1);
        assertThat(models.disposed).isEmpty();
        lease.close();
        models.awaitDisposed("a");
    }

    @Test
    void aBlockedLoadIsInterruptedAndDoesNotCountAsAFailure() {
        LatestResource<String, Model> resource = models.resource().open();
        models.hold("a");
        models.broker.push("a");
        models.awaitTried("a");
        resource.close();
        assertThat(resource.status().loadFailures()).isZero();
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @Test
    void aResourceThatIsLoadedAfterCloseIsDisposedOfAndNotServed() {
        CountDownLatch interrupted = new CountDownLatch(1);
        LatestResource<String, Model> resource = LatestResource.builder(
                        models.state,
                        name -> {
                            models.tried.add(name);
                            try {
                                new CountDownLatch(1).await();
                            } catch (InterruptedException e) {
                                interrupted.countDown();
                            }
                            return new Model(name);
                        },
                        model -> models.disposed.add(model.toString()))
                .open();
        models.broker.push("a");
        models.awaitTried("a");
        resource.close();
        assertThat(interrupted.getCount()).isZero();
        assertThat(models.disposed).containsExactly("a");
        assertThat(resource.status().loads()).isZero();
        assertThatThrownBy(resource::acquire).hasMessageContaining("closed");
    }

    /** If it waited for itself, three calls would take longer than the test waits. */
    @Test
    void theLoaderMayCloseAndDoesNotWaitForItself() {
        LatestResource<String, Model> resource = LatestResource.builder(
                        models.state,
                        name -> {
                            self.join().close();
                            self.join().close();
                            self.join().close();
                            return new Model(name);
                        },
                        model -> models.disposed.add(model.toString()))
                .open();
        self.complete(resource);
        models.broker.push("a");
        models.awaitDisposed("a");
        assertThat(resource.status().phase()).isEqualTo(LoadPhase.CLOSED);
    }

    @Test
    void theDisposerMayCloseAndDoesNotWaitForItself() {
        LatestResource<String, Model> resource = LatestResource.builder(models.state, Model::new, model -> {
                    self.join().close();
                    self.join().close();
                    self.join().close();
                    models.disposed.add(model.toString());
                })
                .open();
        self.complete(resource);
        models.swapTo("a", resource);
        models.broker.push("b");
        models.awaitDisposed("a", "b");
        assertThat(resource.status().phase()).isEqualTo(LoadPhase.CLOSED);
    }

    @Test
    void aReaderMayCloseWhileItHoldsALease() {
        LatestResource<String, Model> resource = models.resource().open();
        models.swapTo("a", resource);
        try (Lease<String, Model> lease = resource.acquire()) {
            resource.close();
            assertThat(lease.get().use()).isEqualTo("a");
        }
        models.awaitDisposed("a");
    }

    @Test
    void anInterruptedThreadMayCloseAndStaysInterrupted() {
        LatestResource<String, Model> resource = models.resource().open();
        models.swapTo("a", resource);
        Thread.currentThread().interrupt();
        resource.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(models.disposed).containsExactly("a");
    }

    @Test
    void theStateStaysOpenAndHasNoListenerAnyMore() {
        LatestResource<String, Model> resource = models.resource().open();
        models.swapTo("a", resource);
        resource.close();
        models.broker.push("b");
        assertThat(models.state.get()).isEqualTo("b");
        assertThat(models.state.status().phase()).isEqualTo(Phase.LIVE);
        try (LatestResource<String, Model> other = models.resource().open()) {
            Models.awaitServing("b", other);
        }
        assertThat(models.tried).containsExactly("a", "b");
    }

    @Test
    void theStateDoesNotKeepAClosedResourceInMemory() {
        awaitForgotten(loaderOfAClosedResource(resource -> models.swapTo("a", resource)));
    }

    @Test
    void thePauseBeforeTheNextTryDoesNotKeepAClosedResourceInMemory() {
        models.fail("a", new Exception("away"));
        awaitForgotten(loaderOfAClosedResource(resource -> {
            models.broker.push("a");
            await().until(() -> resource.status().loadFailures() == 1);
        }));
    }

    private static void awaitForgotten(WeakReference<?> reference) {
        await().until(() -> {
            System.gc();
            return reference.get() == null;
        });
    }

    private WeakReference<?> loaderOfAClosedResource(Consumer<LatestResource<String, Model>> beforeItIsClosed) {
        Loader<String, Model> loader = models::load;
        LatestResource<String, Model> resource = LatestResource.builder(models.state, loader, models::dispose)
                .retry(Models.LONG, Models.LONG)
                .open();
        beforeItIsClosed.accept(resource);
        resource.close();
        return new WeakReference<>(loader);
    }

    @Test
    void aClosedStateLeavesTheResource() {
        LatestResource<String, Model> resource = models.resource().open();
        models.swapTo("a", resource);
        models.state.close();
        assertThat(Models.used(resource)).isEqualTo("a");
        resource.close();
    }
}
