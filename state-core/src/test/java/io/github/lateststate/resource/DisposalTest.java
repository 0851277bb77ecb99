package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.lateststate.LogCapture;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DisposalTest {

    private final LogCapture log = new LogCapture(LatestResource.class);
    private final Models models = new Models();
    private LatestResource<String, Model> resource = models.resource().open();

    @AfterEach
    void release() {
        resource.close();
        models.close();
        log.close();
    }

    @Test
    void theOldResourceIsDisposedOfAtTheSwapIfItHasNoLeases() {
        models.swapTo("a", resource);
        models.swapTo("b", resource);
        models.awaitDisposed("a");
        assertThat(Models.used(resource)).isEqualTo("b");
    }

    @Test
    void theOldResourceIsDisposedOfAfterItsLastLease() {
        models.swapTo("a", resource);
        Lease<String, Model> first = resource.acquire();
        Lease<String, Model> second = resource.acquire();
        models.swapTo("b", resource);
        models.swapTo("c", resource);
        models.awaitDisposed("b");
        first.close();
        assertThat(second.get().use()).isEqualTo("a");
        models.swapTo("d", resource);
        models.awaitDisposed("b", "c");
        second.close();
        models.awaitDisposed("b", "c", "a");
    }

    @Test
    void closingALeaseAgainDoesNotCloseAnother() {
        models.swapTo("a", resource);
        try (Lease<String, Model> kept = resource.acquire()) {
            Lease<String, Model> closedTwice = resource.acquire();
            closedTwice.close();
            closedTwice.close();
            models.swapTo("b", resource);
            models.swapTo("c", resource);
            models.awaitDisposed("b");
            assertThat(kept.get().use()).isEqualTo("a");
        }
    }

    @Test
    void aClosedLeaseCannotBeUsed() {
        models.swapTo("a", resource);
        Lease<String, Model> lease = resource.acquire();
        lease.close();
        assertThatThrownBy(lease::get)
                .isInstanceOf(LeaseClosedException.class)
                .hasMessageContainingAll("position 0", "acquire()");
        assertThat(lease.current().value().map(Object::toString)).contains("a");
    }

    @Test
    void aSlowDisposalDelaysNoReaderAndNoLoader() {
        CountDownLatch disposing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        reopen(model -> {
            disposing.countDown();
            release.await();
            model.dispose();
        });
        models.swapTo("a", resource);
        Lease<String, Model> lease = resource.acquire();
        models.swapTo("b", resource);
        lease.close();
        await().until(() -> disposing.getCount() == 0);
        models.swapTo("c", resource);
        assertThat(Models.used(resource)).isEqualTo("c");
        release.countDown();
    }

    @Test
    void aDisposalThatThrowsIsLoggedAndTheNextOneRuns() {
        reopen(model -> {
            model.dispose();
            if (model.toString().equals("a")) {
                throw new Exception("checked");
            }
            throw new AssertionError("error");
        });
        models.swapTo("a", resource);
        models.swapTo("b", resource);
        models.swapTo("c", resource);
        assertThat(Models.used(resource)).isEqualTo("c");
        await().untilAsserted(() -> assertThat(log.messages(Level.ERROR))
                .hasSize(2)
                .allSatisfy(message -> assertThat(message).contains("'models'")));
    }

    @Test
    void aDisposersMessageIsLoggedBoundedAndEscaped() {
        reopen(model -> {
            throw new Exception("\u001B[31m" + "x".repeat(6_000_000));
        });
        models.swapTo("a", resource);
        models.swapTo("b", resource);
        await().untilAsserted(() -> assertThat(log.events(Level.ERROR))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getThrowableProxy().getMessage())
                        .hasSizeLessThan(400)
                        .contains("\\u001B[31m")));
    }

    @Test
    void disposalsRunOneAtATimeOnTheirOwnThread() {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        List<Integer> overlapping = Collections.synchronizedList(new ArrayList<>());
        List<Model> inDisposal = Collections.synchronizedList(new ArrayList<>());
        reopen(model -> {
            inDisposal.add(model);
            overlapping.add(inDisposal.size());
            threads.add(Thread.currentThread());
            model.dispose();
            inDisposal.remove(model);
        });
        for (int i = 0; i < 20; i++) {
            models.swapTo("model " + i, resource);
        }
        await().until(() -> threads.size() == 19);
        assertThat(threads).extracting(Thread::getName).containsOnly("latest-state-disposer-models");
        assertThat(overlapping).containsOnly(1);
    }

    @Test
    void aDisposedResourceIsLeftToTheGarbageCollector() {
        List<WeakReference<Model>> disposed = Collections.synchronizedList(new ArrayList<>());
        reopen(model -> disposed.add(new WeakReference<>(model)));
        models.swapTo("a", resource);
        models.swapTo("b", resource);
        await().until(() -> {
            System.gc();
            return disposed.size() == 1 && disposed.get(0).get() == null;
        });
    }

    private void reopen(Disposer<Model> disposer) {
        resource.close();
        resource = LatestResource.builder(models.state, Model::new, disposer).open();
    }
}
