package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real threads, in no given order. The models themselves detect a wrong use. */
class SwapStressTest {

    private static final int READERS = 8;
    private static final int SWAPS = 1_000;
    private static final int CLOSINGS = 300;
    private static final int LEASES = 300_000;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Models models = new Models();

    @AfterEach
    void leaveNothing() {
        pool.shutdown();
        models.close(); // checks that each was disposed of once
    }

    @Test
    void noReaderSeesADisposedModelWhileModelsAreSwapped() {
        LatestResource<String, Model> resource = models.resource()
                .validator(model -> pushNext(Integer.parseInt(model.use())))
                .open();
        models.broker.push("0");
        resource.awaitReady(Models.LONG);
        List<CompletableFuture<Long>> readers = IntStream.range(0, READERS)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> readUntilTheLast(resource), pool))
                .toList();
        assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isPositive());
        assertThat(models.loaded).hasSize(SWAPS + 1);
        resource.close();
    }

    @Test
    void everyModelIsDisposedOfOnceIfCloseMeetsLoadsAndReaders() throws Exception {
        for (int i = 0; i < CLOSINGS; i++) {
            CyclicBarrier start = new CyclicBarrier(4);
            LatestResource<String, Model> resource = models.resource().open();
            String name = Integer.toString(i);
            CompletableFuture<Void> publisher = startAt(start, () -> models.broker.push(name));
            CompletableFuture<Void> reader = startAt(start, () -> {
                while (resource.status().phase() != LoadPhase.CLOSED) {
                    readOnce(resource, 0);
                }
            });
            CompletableFuture<Void> closer = startAt(start, resource::close);
            start.await();
            CompletableFuture.allOf(publisher, reader, closer).join();
            resource.close();
            assertThat(List.copyOf(models.loaded))
                    .allSatisfy(model -> assertThat(model.disposals()).isEqualTo(1));
            models.loaded.clear();
        }
    }

    @Test
    void aLeaseThatTwoThreadsCloseAtOnceIsReturnedOnce() {
        LatestResource<String, Model> resource = models.resource().open();
        models.swapTo("a", resource);
        try (Lease<String, Model> kept = resource.acquire()) {
            List<Lease<String, Model>> leases =
                    Stream.generate(resource::acquire).limit(LEASES).toList();
            // The thread that is ahead has more to do, so the other one catches up again and again.
            CompletableFuture<Void> one = CompletableFuture.runAsync(() -> leases.forEach(Lease::close), pool);
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> leases.forEach(Lease::close), pool);
            CompletableFuture.allOf(one, other).join();
            assertThat(resource.status().leasesOpen()).isEqualTo(1);
            assertThat(kept.get().use()).isEqualTo("a");
        }
        resource.close();
    }

    /** Uses a resource several times under one lease. Returns its number, or the given one if there is no resource. */
    private static int readOnce(LatestResource<String, Model> resource, int otherwise) {
        try (Lease<String, Model> lease = resource.acquire()) {
            String first = lease.get().use();
            Thread.onSpinWait();
            assertThat(lease.get().use()).isEqualTo(first);
            return Integer.parseInt(first);
        } catch (NoResourceException e) {
            return otherwise;
        }
    }

    /** The load of one model publishes the next, so none is superseded before its turn. */
    private void pushNext(int number) {
        if (number < SWAPS) {
            models.broker.push(Integer.toString(number + 1));
        }
    }

    /** Returns how many reads there were. No read may return an older model than the one before. */
    private static long readUntilTheLast(LatestResource<String, Model> resource) {
        int newest = 0;
        long reads = 0;
        while (newest < SWAPS) {
            int read = readOnce(resource, -1);
            assertThat(read).isGreaterThanOrEqualTo(newest);
            newest = read;
            reads++;
        }
        return reads;
    }

    private CompletableFuture<Void> startAt(CyclicBarrier start, Runnable task) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        start.await();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                    task.run();
                },
                pool);
    }
}
