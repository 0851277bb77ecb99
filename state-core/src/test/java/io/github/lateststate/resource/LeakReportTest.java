package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.github.lateststate.LogCapture;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeakReportTest {

    private final LogCapture log = new LogCapture(LatestResource.class);
    private final AtomicLong nanos = new AtomicLong();
    private final Models models = new Models();
    private final LatestResource<String, Model> resource =
            models.resource().reportLeaks(nanos::get).open();

    @AfterEach
    void release() {
        resource.close();
        models.state.close();
        log.close();
    }

    @Test
    void aLostLeaseIsReportedWithThePlaceWhereItWasTaken() {
        models.swapTo("a", resource);
        leak();
        awaitReports(1);
        assertThat(log.messages(Level.ERROR)).singleElement().asString().contains("'models'", "1 leaked");
        assertThat(Stream.of(log.events(Level.ERROR).get(0).getThrowableProxy().getStackTraceElementProxyArray()))
                .extracting(StackTraceElementProxy::getSTEAsString)
                .anyMatch(frame -> frame.contains("LeakReportTest.leak("));
    }

    @Test
    void theResourceOfALostLeaseIsNotDisposedOf() {
        models.swapTo("a", resource);
        Model used = leak();
        awaitReports(1);
        models.swapTo("b", resource);
        resource.close();
        assertThat(models.disposed).containsExactly("b");
        assertThat(used.use()).isEqualTo("a");
        assertThat(resource.status().leasesOpen()).isEqualTo(1);
    }

    @Test
    void onlyALeaseThatWasNotClosedIsReported() {
        models.swapTo("a", resource);
        for (int i = 0; i < 100; i++) {
            assertThat(Models.used(resource)).isEqualTo("a");
        }
        assertThat(log.messages(Level.ERROR)).isEmpty();
        leak();
        awaitReports(1);
        assertThat(log.messages(Level.ERROR)).singleElement().asString().contains("1 leaked");
    }

    @Test
    void manyLeaksAreReportedEveryTenSecondsWithACount() {
        models.swapTo("a", resource);
        leak();
        awaitReports(1);
        leak();
        leak();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos() - 1); // not yet
        leak();
        nanos.incrementAndGet();
        await().untilAsserted(() -> {
            leak();
            System.gc();
            assertThat(log.messages(Level.ERROR)).hasSize(2);
        });
        assertThat(log.messages(Level.ERROR).get(1)).doesNotContain("(1 leaked");
    }

    @Test
    void aWatchedLeaseWorksLikeAnyOther() {
        models.swapTo("a", resource);
        Lease<String, Model> lease = resource.acquire();
        models.swapTo("b", resource);
        assertThat(lease.get().use()).isEqualTo("a");
        assertThat(lease.current().value().map(Object::toString)).contains("a");
        lease.close();
        lease.close();
        models.awaitDisposed("a");
    }

    /** Uses a resource longer than its lease, which is unreachable. */
    private Model leak() {
        return resource.acquire().get();
    }

    private void awaitReports(int count) {
        await().untilAsserted(() -> {
            System.gc();
            assertThat(log.messages(Level.ERROR)).hasSize(count);
        });
    }
}
