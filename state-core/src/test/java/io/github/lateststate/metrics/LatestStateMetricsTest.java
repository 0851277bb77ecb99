package io.github.lateststate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.LogCapture;
import io.github.lateststate.ManualClock;
import io.github.lateststate.Phase;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.testing.InMemorySubscriber;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatestStateMetricsTest {

    private final Exception away = new Exception("the broker is away");
    private final LogCapture log = new LogCapture(LatestState.class);
    private final List<LatestState<?>> opened = new ArrayList<>();
    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final ManualClock clock = new ManualClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clockOfRegistry());

    @AfterEach
    void release() {
        opened.forEach(LatestState::close);
        log.close();
    }

    @Test
    void theAgeCountsFromTheTimestampOfTheRecordIfThereIsOne() {
        LatestState<String> state = measured("prices");
        assertThat(seconds("latest.state.age")).isNaN();
        push(clock.instant(), "a");
        clock.advance(Duration.ofMillis(90_500));
        assertThat(seconds("latest.state.age")).isEqualTo(90.5);
        assertThat(registry.get("latest.state.age").timeGauge().value(TimeUnit.MILLISECONDS))
                .isEqualTo(90_500);
        broker.interrupt(away);
        clock.advance(Duration.ofSeconds(10));
        assertThat(seconds("latest.state.age")).as("during an outage").isEqualTo(100.5);
        assertThat(state.value()).contains("a");
    }

    @Test
    void theAgeOfARecordFromAClockThatIsAheadIsZero() {
        LatestState<String> state = measured("prices");
        push(clock.instant().plusSeconds(5), "a");
        assertThat(seconds("latest.state.age")).isZero();
        assertThat(state.value()).isPresent();
    }

    @Test
    void theAgeOfATombstoneCountsLikeThatOfAnyRecord() {
        LatestState<String> state = measured("prices");
        push(clock.instant(), null);
        clock.advance(Duration.ofSeconds(3));
        assertThat(state.value()).isEmpty();
        assertThat(seconds("latest.state.age")).isEqualTo(3);
    }

    @Test
    void theTimeSinceTheLastContactGrowsDuringAnOutage() {
        broker.interrupt(away);
        LatestState<String> state = measured("prices");
        assertThat(seconds("latest.state.contact.age")).isNaN();
        broker.restore();
        Instant contact = state.status().lastContact().orElseThrow();
        broker.interrupt(away);
        clock.advance(Duration.between(clock.instant(), contact.plusSeconds(300)));
        assertThat(seconds("latest.state.contact.age")).isEqualTo(300);
    }

    @Test
    void exactlyOnePhaseIsOne() {
        broker.interrupt(away);
        LatestState<String> state = measured("prices");
        assertPhase(Phase.INTERRUPTED);
        broker.restore();
        assertPhase(Phase.LIVE);
        broker.fail(away);
        assertPhase(Phase.FAILED);
        state.close();
        assertPhase(Phase.CLOSED);
    }

    @Test
    void acceptedAndRejectedRecordsAreCounted() {
        LatestState<String> state = measured("prices");
        assertThat(count("latest.state.updates")).isZero();
        assertThat(count("latest.state.rejected")).isZero();
        broker.push("a");
        broker.push("b");
        broker.push("bad");
        assertThat(count("latest.state.updates")).isEqualTo(2);
        assertThat(count("latest.state.rejected")).isEqualTo(1);
        broker.fail(away);
        assertThat(count("latest.state.updates")).as("after a failure").isEqualTo(2);
        assertThat(state.value()).contains("b");
    }

    @Test
    void reconnectsAreCounted() {
        LatestState<String> state = measured("prices");
        assertThat(count("latest.state.reconnects")).isZero();
        broker.interrupt(away);
        assertThat(count("latest.state.reconnects")).isZero();
        broker.restore();
        broker.interrupt(away);
        broker.restore();
        assertThat(count("latest.state.reconnects")).isEqualTo(2);
        broker.fail(away);
        assertThat(count("latest.state.reconnects")).isEqualTo(2);
        assertThat(state.status().phase()).isEqualTo(Phase.FAILED);
    }

    @Test
    void theCostOfTheLookBackIsReportedAfterItHasEndedAndStays() {
        broker.push("a");
        broker.push("bad");
        broker.interrupt(away);
        LatestState<String> state = measured("prices");
        assertThat(seconds("latest.state.lookback.duration")).isNaN();
        assertThat(gauge("latest.state.lookback.records")).isNaN();
        broker.restore();
        double took = state.status().lookBack().orElseThrow().duration().toMillis() / 1_000.0;
        assertThat(seconds("latest.state.lookback.duration")).isEqualTo(took);
        assertThat(gauge("latest.state.lookback.records")).isEqualTo(2);
        broker.push("b");
        broker.fail(away);
        assertThat(seconds("latest.state.lookback.duration")).isEqualTo(took);
        assertThat(gauge("latest.state.lookback.records")).isEqualTo(2);
    }

    @Test
    void failuresOfListenersAreCounted() {
        LatestState<String> state = measured("prices");
        state.listen(current -> {
            throw new IllegalStateException("a listener's trouble");
        });
        assertThat(count("latest.state.listener.failures")).isZero();
        broker.push("a");
        await().until(() -> count("latest.state.listener.failures") == 1);
        broker.push("b");
        await().until(() -> count("latest.state.listener.failures") == 2);
    }

    @Test
    void everyMeterHasTheStreamAndTheCallersTagsAndNoneHasTheRandomIdOfTheInstance() {
        LatestState<String> state = opened("prices");
        new LatestStateMetrics(state, Tags.of("use", "checkout")).bindTo(registry);
        assertThat(registry.getMeters()).isNotEmpty().allSatisfy(meter -> {
            assertThat(meter.getId().getTag("stream")).isEqualTo("prices");
            assertThat(meter.getId().getTag("use")).isEqualTo("checkout");
            assertThat(meter.getId().toString()).doesNotContain(state.group());
        });
    }

    @Test
    void twoStatesInOneRegistryDoNotMix() {
        LatestState<String> prices = measured("prices");
        LatestState<String> flags = measured("flags");
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
        LatestState<String> state = measured("prices");
        broker.push("a");
        state.close();
        assertThat(seconds("latest.state.age")).isNaN();
        assertThat(seconds("latest.state.contact.age")).isNaN();
        assertThat(count("latest.state.updates")).isEqualTo(1);
        assertThat(gauge("latest.state.lookback.records")).isZero();
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
        LatestState<String> first = opened("prices");
        LatestStateMetrics metrics = new LatestStateMetrics(first);
        metrics.bindTo(registry);
        broker.push("a");
        first.close();
        metrics.close();
        metrics.close();
        assertThat(registry.getMeters()).isEmpty();
        LatestState<String> second = measured("prices");
        assertPhase(Phase.LIVE);
        assertThat(second.value()).contains("a");
    }

    private WeakReference<?> boundClosedAndForgotten() {
        LatestState<String> state = open("prices");
        new LatestStateMetrics(state).bindTo(registry);
        broker.push("a");
        assertThat(count("latest.state.updates")).isEqualTo(1);
        state.close();
        return new WeakReference<>(state);
    }

    private static double valueOfForgotten(Meter counter) {
        return counter.getId().getName().equals("latest.state.updates") ? 1 : 0;
    }

    private LatestState<String> measured(String stream) {
        LatestState<String> state = opened(stream);
        new LatestStateMetrics(state).bindTo(registry);
        return state;
    }

    private LatestState<String> opened(String stream) {
        LatestState<String> state = open(stream);
        opened.add(state);
        return state;
    }

    private LatestState<String> open(String stream) {
        return LatestState.builder((payload, origin) -> {
                    String text = new String(payload, StandardCharsets.UTF_8);
                    if (text.startsWith("bad")) {
                        throw new IllegalArgumentException("no such text: " + text);
                    }
                    return text;
                })
                .subscriber(broker)
                .stream(stream)
                .open();
    }

    private void push(Instant timestamp, @Nullable String payload) {
        byte[] bytes = payload == null ? null : payload.getBytes(StandardCharsets.UTF_8);
        broker.push(new StateRecord("0", "0", timestamp, null, bytes, Map.of()));
    }

    private void assertPhase(Phase phase) {
        List<Double> expected = Arrays.stream(Phase.values())
                .map(each -> each == phase ? 1.0 : 0.0)
                .toList();
        assertThat(Arrays.stream(Phase.values()).map(this::gaugeOf)).isEqualTo(expected);
    }

    private double gaugeOf(Phase phase) {
        return registry.get("latest.state.phase")
                .tag("phase", phase.name())
                .gauge()
                .value();
    }

    private double seconds(String name) {
        TimeGauge found = registry.get(name).timeGauge();
        return found.value(TimeUnit.SECONDS);
    }

    private double gauge(String name) {
        Gauge found = registry.get(name).gauge();
        return found.value();
    }

    private double count(String name) {
        return registry.get(name).functionCounter().count();
    }

    private Clock clockOfRegistry() {
        return new Clock() {
            @Override
            public long wallTime() {
                return clock.instant().toEpochMilli();
            }

            @Override
            public long monotonicTime() {
                return TimeUnit.MILLISECONDS.toNanos(wallTime());
            }
        };
    }
}
