package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.lateststate.LogCapture;
import io.github.lateststate.ManualClock;
import io.github.lateststate.Origin;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadingTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

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
    void theOldResourceIsServedDuringALoadAndSupersededValuesAreSkipped() {
        CountDownLatch gate = models.hold("b");
        models.broker.push("b");
        models.awaitTried("a", "b");
        for (int i = 1; i <= 100; i++) {
            models.broker.push(Integer.toString(i));
        }
        assertThat(Models.used(resource)).isEqualTo("a");
        gate.countDown();
        Models.awaitServing("100", resource);
        assertThat(models.tried)
                .as("one may have waited to be loaded, and one to be reported")
                .hasSizeLessThanOrEqualTo(5)
                .startsWith("a", "b")
                .endsWith("100");
    }

    @Test
    void aResourceThatIsSupersededWhileItLoadsIsStillServed() {
        CountDownLatch bGate = models.hold("b");
        CountDownLatch cGate = models.hold("c");
        models.broker.push("b");
        models.awaitTried("a", "b");
        models.broker.push("c");
        bGate.countDown();
        models.awaitTried("a", "b", "c");
        assertThat(Models.used(resource)).isEqualTo("b");
        cGate.countDown();
        Models.awaitServing("c", resource);
    }

    @Test
    void aFailedLoadIsReportedWithItsCauseAndTheLastGoodResourceStays() {
        models.fail("b", unreachable);
        Instant then = clock.advance(MINUTE);
        models.broker.push("b");
        awaitFailures(1);
        ResourceStatus<String> status = resource.status();
        assertThat(Models.used(resource)).isEqualTo("a");
        assertThat(status.phase()).isEqualTo(LoadPhase.RETRYING);
        assertThat(status.since()).isEqualTo(then);
        assertThat(status.loads()).isEqualTo(1);
        LoadFailure<String> failure = status.lastFailure().orElseThrow();
        assertThat(failure.cause()).isSameAs(unreachable);
        assertThat(failure.at()).isEqualTo(then);
        assertThat(failure.current().origin()).map(Origin::position).contains("1");
        assertThat(failure.toString())
                .contains("position 1", "the store is away")
                .doesNotContain("\n");
        assertThat(models.disposed).isEmpty();
    }

    @Test
    void anErrorIsAFailedLoadToo() {
        models.fail("b", new UnsatisfiedLinkError("no native code"));
        models.broker.push("b");
        awaitFailures(1);
        models.swapTo("c", resource);
        assertThat(Models.used(resource)).isEqualTo("c");
    }

    @Test
    void aLoaderThatReturnsNullHasFailed() {
        resource.close();
        resource = LatestResource.builder(models.state, name -> (Model) null, Model::dispose)
                .open();
        awaitFailures(1);
        assertThat(resource.status().lastFailure().orElseThrow().cause()).hasMessageContaining("returned null");
    }

    @Test
    void aRejectedResourceIsDisposedOfAndNotServed() {
        resource.close();
        Exception badAnswer = new Exception("answers nonsense");
        resource = models.resource()
                .validator(model -> {
                    if (model.use().equals("b")) {
                        throw badAnswer;
                    }
                })
                .open();
        resource.awaitReady(Models.LONG);
        models.disposed.clear();
        models.broker.push("b");
        awaitFailures(1);
        assertThat(Models.used(resource)).isEqualTo("a");
        assertThat(resource.status().lastFailure()).map(LoadFailure::cause).contains(badAnswer);
        models.awaitDisposed("b");
        models.swapTo("c", resource);
        models.awaitDisposed("b", "a");
    }

    @Test
    void noReaderGetsAResourceBeforeItIsValidated() {
        CountDownLatch validating = new CountDownLatch(1);
        CountDownLatch valid = new CountDownLatch(1);
        resource.close();
        resource = models.resource()
                .validator(model -> {
                    validating.countDown();
                    valid.await();
                })
                .open();
        await().until(() -> validating.getCount() == 0);
        assertThatThrownBy(resource::acquire).isInstanceOf(NoResourceException.class);
        valid.countDown();
        resource.awaitReady(Models.LONG);
        assertThat(Models.used(resource)).isEqualTo("a");
    }

    @Test
    void aLoaderThatLeavesTheInterruptFlagSetDoesNotEndTheLoading() {
        resource.close();
        resource = LatestResource.builder(
                        models.state,
                        name -> {
                            assertThat(Thread.currentThread().isInterrupted()).isFalse();
                            Thread.currentThread().interrupt();
                            return new Model(name);
                        },
                        Model::dispose)
                .open();
        Models.awaitServing("a", resource);
        models.swapTo("b", resource);
        models.swapTo("c", resource);
    }

    @Test
    void aLoadersMessageIsLoggedAndReportedBoundedAndEscaped() {
        models.fail("b", new Exception("\u001B[31m\u202E" + "x".repeat(6_000_000)));
        models.broker.push("b");
        awaitFailures(1);
        await().until(() -> !log.events(Level.WARN).isEmpty());
        ILoggingEvent event = log.events(Level.WARN).get(0);
        List.of(
                        event.getFormattedMessage(),
                        event.getThrowableProxy().getMessage(),
                        resource.status().lastFailure().orElseThrow().toString())
                .forEach(text -> assertThat(text)
                        .hasSizeLessThan(800)
                        .contains("\\u001B[31m\\u202E")
                        .doesNotContain("\u001B"));
    }

    private void awaitFailures(long count) {
        await().until(() -> resource.status().loadFailures() >= count);
    }
}
