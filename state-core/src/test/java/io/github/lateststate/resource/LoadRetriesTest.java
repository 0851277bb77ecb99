package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.lateststate.LogCapture;
import io.github.lateststate.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A load that failed is tried again, as long as its value is the newest. */
class LoadRetriesTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(1);

    private final IOException unreachable = new IOException("the store\n\tis away");
    private final LogCapture log = new LogCapture(LatestResource.class);
    private final ManualClock clock = new ManualClock();
    private final Models models = new Models();
    private LatestResource<String, Model> resource =
            models.resource().clock(clock).open();

    @BeforeEach
    void serveA() {
        models.swapTo("a", resource);
    }

    @AfterEach
    void release() {
        resource.close();
        models.close();
        log.close();
    }

    @Test
    void aFailedLoadIsTriedAgainUntilItWorks() {
        reopenWithQuickRetry();
        models.fail("b", unreachable);
        Instant then = clock.advance(MINUTE);
        models.broker.push("b");
        awaitFailures(1);
        clock.advance(MINUTE);
        awaitFailures(resource.status().loadFailures() + 2);
        assertThat(resource.status().since()).isEqualTo(then);
        assertThat(Models.used(resource)).isEqualTo("a");
        models.fix("b");
        Models.awaitServing("b", resource);
        assertThat(resource.status().lastFailure()).as("stays to be read").isPresent();
        assertThat(models.tried).endsWith("b").doesNotContain("c");
    }

    @Test
    void aNewerValueIsLoadedWithoutWaitingForTheNextTry() {
        models.fail("b", unreachable);
        models.broker.push("b");
        awaitFailures(1);
        models.swapTo("c", resource);
        assertThat(models.tried).containsExactly("a", "b", "c");
    }

    @Test
    void aSupersededValueIsNotLoadedAgain() {
        reopenWithQuickRetry();
        models.fail("b", unreachable);
        models.broker.push("b");
        awaitFailures(2);
        models.swapTo("c", resource);
        models.fix("b");
        models.swapTo("d", resource);
        assertThat(models.tried.indexOf("c")).isGreaterThan(models.tried.lastIndexOf("b"));
    }

    @Test
    void aTombstoneEndsTheRetries() {
        models.fail("b", unreachable);
        models.broker.push("b");
        awaitFailures(1);
        models.broker.pushTombstone();
        await().until(() -> resource.status().phase() == LoadPhase.WAITING);
        assertThat(Models.used(resource)).isEqualTo("a");
    }

    @Test
    void theFirstFailureIsLoggedWithItsStackTraceAndTheOthersInOneLine() {
        reopenWithQuickRetry();
        models.fail("b", unreachable);
        models.broker.push("b");
        awaitFailures(2);
        resource.close();
        assertThat(log.events(Level.WARN))
                .hasSizeGreaterThan(1)
                .allSatisfy(event -> assertThat(event.getFormattedMessage())
                        .contains("'models'", "position 1", "the store is away"));
        assertThat(log.events(Level.WARN))
                .filteredOn(event -> event.getThrowableProxy() != null)
                .hasSize(1);
    }

    @Test
    void aFailureThatCannotEvenBeReportedDoesNotEndTheLoading() {
        reopenWithQuickRetry();
        models.fail("b", new Exception() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new OutOfMemoryError("no memory for a message");
            }
        });
        models.broker.push("b");
        await().until(() -> Collections.frequency(List.copyOf(models.tried), "b") > 2);
        models.swapTo("c", resource);
    }

    private void awaitFailures(long count) {
        await().until(() -> resource.status().loadFailures() >= count);
    }

    private void reopenWithQuickRetry() {
        resource.close();
        resource = models.resource().clock(clock).retry(SHORT, SHORT).open();
        resource.awaitReady(Models.LONG);
    }
}
