package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.Current;
import io.github.lateststate.LatestState;
import io.github.lateststate.LogCapture;
import io.github.lateststate.ManualClock;
import io.github.lateststate.Origin;
import io.github.lateststate.spi.StateRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatestResourceTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final LogCapture log = new LogCapture(LatestResource.class);
    private final ManualClock clock = new ManualClock();
    private final Models models = new Models();
    private final LatestResource<String, Model> resource =
            models.resource().clock(clock).open();

    @AfterEach
    void release() {
        resource.close();
        models.close();
        log.close();
    }

    @Test
    void theResourceOfTheLatestStateIsServed() {
        models.swapTo("a", resource);
        assertThat(Models.used(resource)).isEqualTo("a");
        models.swapTo("b", resource);
        assertThat(Models.used(resource)).isEqualTo("b");
    }

    @Test
    void aStateThatExistsAlreadyIsLoaded() {
        models.swapTo("a", resource);
        try (LatestResource<String, Model> later = models.resource().open()) {
            later.awaitReady(Models.LONG);
            assertThat(Models.used(later)).isEqualTo("a");
        }
    }

    @Test
    void anEqualValueIsLoadedAgainBecauseItsTargetMayHaveChanged() {
        models.swapTo("a", resource);
        models.broker.push("a");
        models.awaitDisposed("a");
        models.awaitTried("a", "a");
    }

    @Test
    void aRecordAtTheSamePlaceIsLoadedBecauseTheLogMayBeAnother() {
        models.broker.push(record("a"));
        Models.awaitServing("a", resource);
        models.broker.push(record("b"));
        Models.awaitServing("b", resource);
        assertThat(Models.used(resource)).isEqualTo("b");
    }

    private static StateRecord record(String name) {
        byte[] payload = name.getBytes(StandardCharsets.UTF_8);
        return new StateRecord("0", "0", Instant.EPOCH, null, payload, Map.of());
    }

    @Test
    void theLastResourceStaysAfterATombstone() {
        models.swapTo("a", resource);
        models.broker.pushTombstone();
        models.swapTo("b", resource);
        models.awaitDisposed("a");
        models.broker.pushTombstone();
        assertThat(models.state.value()).isEmpty();
        assertThat(Models.used(resource)).isEqualTo("b");
    }

    @Test
    void theLastResourceStaysAfterATombstoneEvenIfThereIsAnInitialValue() {
        try (LatestState<String> withInitial = LatestState.builder(
                                (payload, origin) -> new String(payload, StandardCharsets.UTF_8))
                        .subscriber(models.broker)
                        .stream("models")
                        .initial("initial")
                        .open();
                LatestResource<String, Model> kept = LatestResource.builder(withInitial, models::load, models::dispose)
                        .open()) {
            Models.awaitServing("initial", kept);
            models.swapTo("a", kept);
            models.broker.pushTombstone();
            assertThat(withInitial.get()).isEqualTo("initial");
            models.swapTo("b", kept);
            assertThat(models.tried).containsOnlyOnce("initial");
            models.broker.pushTombstone();
            assertThat(Models.used(kept)).isEqualTo("b");
        }
    }

    @Test
    void aLeaseReturnsTheStateOfItsResource() {
        models.swapTo("a", resource);
        try (Lease<String, Model> lease = resource.acquire()) {
            models.swapTo("b", resource);
            assertThat(lease.current().value().map(Object::toString)).contains("a");
            assertThat(lease.current().origin()).map(Origin::position).contains("0");
        }
    }

    @Test
    void theMessageSaysThatThereIsNoStateYet() {
        assertThatThrownBy(resource::acquire)
                .isInstanceOf(NoResourceException.class)
                .hasMessageContainingAll("'models'", "nothing to load", "holds no record")
                .hasNoCause();
    }

    @Test
    void theMessageSaysThatTheFirstLoadIsRunning() {
        CountDownLatch gate = models.hold("a");
        Instant then = clock.advance(MINUTE);
        models.broker.push("a");
        models.awaitTried("a");
        assertThatThrownBy(resource::acquire)
                .isInstanceOf(NoResourceException.class)
                .hasMessageContainingAll("'models'", "has been loading since " + then, "awaitReady");
        gate.countDown();
    }

    @Test
    void theMessageSaysThatTheResourceIsClosed() {
        models.swapTo("a", resource);
        Instant then = clock.advance(MINUTE);
        resource.close();
        assertThatThrownBy(resource::acquire)
                .isInstanceOf(NoResourceException.class)
                .hasMessageContainingAll("'models'", "closed at " + then);
    }

    @Test
    void theStatusReportsWhatIsServedAndWhatIsLoaded() {
        ResourceStatus<String> atFirst = resource.status();
        assertThat(atFirst.phase()).isEqualTo(LoadPhase.WAITING);
        assertThat(atFirst.since()).isEqualTo(clock.instant());
        assertThat(atFirst.serving()).isEmpty();
        assertThat(atFirst.servingSince()).isEmpty();
        assertThat(atFirst.loads()).isZero();
        assertThat(atFirst.loadFailures()).isZero();
        assertThat(atFirst.lastFailure()).isEmpty();
        assertThat(atFirst.leasesOpen()).isZero();

        Instant inService = clock.advance(MINUTE);
        models.swapTo("a", resource);
        Instant loading = clock.advance(MINUTE);
        CountDownLatch gate = models.hold("b");
        models.broker.push("b");
        models.awaitTried("a", "b");
        ResourceStatus<String> later = resource.status();
        assertThat(later.phase()).isEqualTo(LoadPhase.LOADING);
        assertThat(later.since()).isEqualTo(loading);
        assertThat(later.serving().flatMap(Current::origin))
                .map(Origin::position)
                .contains("0");
        assertThat(later.servingSince()).contains(inService);
        assertThat(later.loads()).isEqualTo(1);
        gate.countDown();

        Models.awaitServing("b", resource);
        assertThat(resource.status().since()).isEqualTo(loading);
        assertThat(resource.status().loads()).isEqualTo(2);
        Instant closed = clock.advance(MINUTE);
        resource.close();
        clock.advance(MINUTE);
        resource.close();
        assertThat(resource.status().phase()).isEqualTo(LoadPhase.CLOSED);
        assertThat(resource.status().since()).isEqualTo(closed);
        assertThat(resource.status().serving()).isEmpty();
    }

    @Test
    void openLeasesAreCountedIncludingThoseOfOldResources() {
        models.swapTo("a", resource);
        Lease<String, Model> first = resource.acquire();
        Lease<String, Model> second = resource.acquire();
        models.swapTo("b", resource);
        Lease<String, Model> third = resource.acquire();
        assertThat(resource.status().leasesOpen()).isEqualTo(3);
        first.close();
        first.close();
        assertThat(resource.status().leasesOpen()).isEqualTo(2);
        second.close();
        third.close();
        assertThat(resource.status().leasesOpen()).isZero();
    }
}
