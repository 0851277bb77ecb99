package io.github.lateststate.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.LogCapture;
import io.github.lateststate.ManualClock;
import io.github.lateststate.Phase;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.testing.InMemorySubscriber;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** States of one broker with their meters in one registry. The test owns the clock of the registry. */
final class MeteredStates implements AfterEachCallback {

    final InMemorySubscriber broker = new InMemorySubscriber();
    final ManualClock clock = new ManualClock();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clockOfRegistry());

    private final LogCapture log = new LogCapture(LatestState.class);
    private final List<LatestState<?>> opened = new ArrayList<>();

    @Override
    public void afterEach(ExtensionContext context) {
        opened.forEach(LatestState::close);
        log.close();
    }

    /** Opens a state that is closed after the test, and meters it. */
    LatestState<String> measured(String stream) {
        LatestState<String> state = opened(stream);
        new LatestStateMetrics(state).bindTo(registry);
        return state;
    }

    /** Opens a state that is closed after the test. */
    LatestState<String> opened(String stream) {
        LatestState<String> state = open(stream);
        opened.add(state);
        return state;
    }

    /** Opens a state that the test closes. */
    LatestState<String> open(String stream) {
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

    void push(Instant timestamp, @Nullable String payload) {
        byte[] bytes = payload == null ? null : payload.getBytes(StandardCharsets.UTF_8);
        broker.push(new StateRecord("0", "0", timestamp, null, bytes, Map.of()));
    }

    void assertPhase(Phase phase) {
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

    double seconds(String name) {
        TimeGauge found = registry.get(name).timeGauge();
        return found.value(TimeUnit.SECONDS);
    }

    double gauge(String name) {
        Gauge found = registry.get(name).gauge();
        return found.value();
    }

    double count(String name) {
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
