package io.github.lateststate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.ManualClock;
import io.github.lateststate.Phase;
import io.github.lateststate.testing.InMemorySubscriber;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LatestStateMetricsTest {

    private final Exception away = new Exception("the broker is away");

    @RegisterExtension
    private final MeteredStates states = new MeteredStates();

    private final InMemorySubscriber broker = states.broker;
    private final ManualClock clock = states.clock;
    private final SimpleMeterRegistry registry = states.registry;

    @Test
    void theAgeCountsFromTheTimestampOfTheRecordIfThereIsOne() {
        LatestState<String> state = states.measured("prices");
        assertThat(states.seconds("latest.state.age")).isNaN();
        states.push(clock.instant(), "a");
        clock.advance(Duration.ofMillis(90_500));
        assertThat(states.seconds("latest.state.age")).isEqualTo(90.5);
        assertThat(registry.get("latest.state.age").timeGauge().value(TimeUnit.MILLISECONDS))
                .isEqualTo(90_500);
        broker.interrupt(away);
        clock.advance(Duration.ofSeconds(10));
        assertThat(states.seconds("latest.state.age")).as("during an outage").isEqualTo(100.5);
        assertThat(state.value()).contains("a");
    }

    @Test
    void theAgeOfARecordFromAClockThatIsAheadIsZero() {
        LatestState<String> state = states.measured("prices");
        states.push(clock.instant().plusSeconds(5), "a");
        assertThat(states.seconds("latest.state.age")).isZero();
        assertThat(state.value()).isPresent();
    }

    @Test
    void theAgeOfATombstoneCountsLikeThatOfAnyRecord() {
        LatestState<String> state = states.measured("prices");
        states.push(clock.instant(), null);
        clock.advance(Duration.ofSeconds(3));
        assertThat(state.value()).isEmpty();
        assertThat(states.seconds("latest.state.age")).isEqualTo(3);
    }

    @Test
    void theTimeSinceTheLastContactGrowsDuringAnOutage() {
        broker.interrupt(away);
        LatestState<String> state = states.measured("prices");
        assertThat(states.seconds("latest.state.contact.age")).isNaN();
        broker.restore();
        Instant contact = state.status().lastContact().orElseThrow();
        broker.interrupt(away);
        clock.advance(Duration.between(clock.instant(), contact.plusSeconds(300)));
        assertThat(states.seconds("latest.state.contact.age")).isEqualTo(300);
    }

    @Test
    void exactlyOnePhaseGaugeIsOne() {
        broker.interrupt(away);
        LatestState<String> state = states.measured("prices");
        states.assertPhase(Phase.INTERRUPTED);
        broker.restore();
        states.assertPhase(Phase.LIVE);
        broker.fail(away);
        states.assertPhase(Phase.FAILED);
        state.close();
        states.assertPhase(Phase.CLOSED);
    }

    @Test
    void acceptedAndRejectedRecordsAreCounted() {
        LatestState<String> state = states.measured("prices");
        assertThat(states.count("latest.state.updates")).isZero();
        assertThat(states.count("latest.state.rejected")).isZero();
        broker.push("a");
        broker.push("b");
        broker.push("bad");
        assertThat(states.count("latest.state.updates")).isEqualTo(2);
        assertThat(states.count("latest.state.rejected")).isEqualTo(1);
        broker.fail(away);
        assertThat(states.count("latest.state.updates")).as("after a failure").isEqualTo(2);
        assertThat(state.value()).contains("b");
    }

    @Test
    void reconnectsAreCounted() {
        LatestState<String> state = states.measured("prices");
        assertThat(states.count("latest.state.reconnects")).isZero();
        broker.interrupt(away);
        assertThat(states.count("latest.state.reconnects")).isZero();
        broker.restore();
        broker.interrupt(away);
        broker.restore();
        assertThat(states.count("latest.state.reconnects")).isEqualTo(2);
        broker.fail(away);
        assertThat(states.count("latest.state.reconnects")).isEqualTo(2);
        assertThat(state.status().phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void theCostOfTheLookBackIsReportedAfterItHasEndedAndStays() {
        broker.push("a");
        broker.push("bad");
        broker.interrupt(away);
        LatestState<String> state = states.measured("prices");
        assertThat(states.seconds("latest.state.lookback.duration")).isNaN();
        assertThat(states.gauge("latest.state.lookback.records")).isNaN();
        broker.restore();
        double took = state.status().lookBack().orElseThrow().duration().toMillis() / 1_000.0;
        assertThat(states.seconds("latest.state.lookback.duration")).isEqualTo(took);
        assertThat(states.gauge("latest.state.lookback.records")).isEqualTo(2);
        broker.push("b");
        broker.fail(away);
        assertThat(states.seconds("latest.state.lookback.duration")).isEqualTo(took);
        assertThat(states.gauge("latest.state.lookback.records")).isEqualTo(2);
    }

    @Test
    void failuresOfListenersAreCounted() {
        LatestState<String> state = states.measured("prices");
        state.listen(current -> {
            throw new IllegalStateException("a listener's trouble");
        });
        assertThat(states.count("latest.state.listener.failures")).isZero();
        broker.push("a");
        await().until(() -> states.count("latest.state.listener.failures") == 1);
        broker.push("b");
        await().until(() -> states.count("latest.state.listener.failures") == 2);
    }

    @Test
    void everyMeterHasTheStreamAndTheCallersTagsAndNoneHasTheRandomIdOfTheInstance() {
        LatestState<String> state = states.opened("prices");
        new LatestStateMetrics(state, Tags.of("use", "checkout")).bindTo(registry);
        assertThat(registry.getMeters()).isNotEmpty().allSatisfy(meter -> {
            assertThat(meter.getId().getTag("stream")).isEqualTo("prices");
            assertThat(meter.getId().getTag("use")).isEqualTo("checkout");
            assertThat(meter.getId().toString()).doesNotContain(state.group());
        });
    }

    @Test
    void twoStatesInOneRegistryDoNotMix() {
        LatestState<String> prices = states.measured("prices");
        LatestState<String> flags = states.measured("flags");
        prices.close();
        broker.push("a");
        assertThat(prices.value()).isEmpty();
        assertThat(flags.value()).contains("a");
        assertThat(registry.get("latest.state.updates")
                        .tag("stream", "flags")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("latest.state.updates")
                        .tag("stream", "prices")
                        .functionCounter()
                        .count())
                .isZero();
    }

    @Test
    void aClosedStateKeepsItsCountersAndHasNoAges() {
        LatestState<String> state = states.measured("prices");
        broker.push("a");
        state.close();
        assertThat(states.seconds("latest.state.age")).isNaN();
        assertThat(states.seconds("latest.state.contact.age")).isNaN();
        assertThat(states.count("latest.state.updates")).isEqualTo(1);
        assertThat(states.gauge("latest.state.lookback.records")).isZero();
    }

    @Test
    void aRegistryDoesNotKeepAStateThatIsForgotten() {
        WeakReference<?> forgotten = boundClosedAndForgotten();
        await().until(() -> {
            System.gc();
            return forgotten.get() == null;
        });
        assertThat(registry.getMeters()).hasSize(11 + Phase.values().length).allSatisfy(meter -> {
            double value = meter.measure().iterator().next().getValue();
            if (meter instanceof FunctionCounter) {
                assertThat(value).isEqualTo(valueOfForgotten(meter));
            } else {
                assertThat(value).isNaN();
            }
        });
    }

    @Test
    void closeRemovesTheMetersForAnotherStateOfTheStream() {
        LatestState<String> first = states.opened("prices");
        LatestStateMetrics metrics = new LatestStateMetrics(first);
        metrics.bindTo(registry);
        broker.push("a");
        first.close();
        metrics.close();
        metrics.close();
        assertThat(registry.getMeters()).isEmpty();
        LatestState<String> second = states.measured("prices");
        states.assertPhase(Phase.LIVE);
        assertThat(second.value()).contains("a");
    }

    private WeakReference<?> boundClosedAndForgotten() {
        LatestState<String> state = states.open("prices");
        new LatestStateMetrics(state).bindTo(registry);
        broker.push("a");
        assertThat(states.count("latest.state.updates")).isEqualTo(1);
        state.close();
        return new WeakReference<>(state);
    }

    private static double valueOfForgotten(Meter counter) {
        return counter.getId().getName().equals("latest.state.updates") ? 1 : 0;
    }
}
