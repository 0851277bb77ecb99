package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.lateststate.metrics.LatestStateMetrics;
import io.github.lateststate.testing.InMemorySubscriber;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowListenersTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final ManualClock clock = new ManualClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new Clock() {
        @Override
        public long wallTime() {
            return clock.instant().toEpochMilli();
        }

        @Override
        public long monotonicTime() {
            return clock.nanoTime();
        }
    });

    @Test
    void aListenerThatRunsForMoreThan15SecondsIsReportedUntilItReturns() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (LogCapture log = new LogCapture();
                LatestState<String> watched = LatestState.builder(ManualSubscriber.TEXT).subscriber(broker).stream(
                                "models")
                        .clock(clock)
                        .open()) {
            new LatestStateMetrics(watched).bindTo(registry);
            watched.listen(current -> {
                running.countDown();
                release.await();
            });
            broker.push("a");
            running.await();
            Instant called = clock.instant();
            clock.advance(Duration.ofSeconds(15));
            assertThat(watched.status().slowListeners()).isZero();
            assertThat(watched.status().slowestListenerSince()).isEmpty();
            assertThat(slowestSeconds()).isNaN();
            clock.advance(Duration.ofMillis(1));
            assertThat(watched.status().slowListeners()).isEqualTo(1);
            assertThat(watched.status().slowestListenerSince()).contains(called);
            clock.advance(Duration.ofMinutes(1));
            assertThat(watched.status().slowestListenerSince()).contains(called);
            assertThat(slowestSeconds()).isEqualTo(75.001);
            await().untilAsserted(() -> assertThat(log.messages(Level.WARN))
                    .anySatisfy(line -> assertThat(line).contains("1 more listener(s) of 'models'", "15 s")));
            release.countDown();
            await().until(() -> watched.status().slowListeners() == 0);
            assertThat(watched.status().slowestListenerSince()).isEmpty();
            assertThat(slowestSeconds()).isNaN();
        }
    }

    private double slowestSeconds() {
        return registry.get("latest.state.listeners.slowest").timeGauge().value(TimeUnit.SECONDS);
    }
}
