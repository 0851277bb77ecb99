package io.github.lateststate.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.LogCapture;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.resource.Lease;
import io.github.lateststate.testing.InMemorySubscriber;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatestResourceMetricsTest {

    private static final Duration LONG = Duration.ofDays(365);

    private final LogCapture log = new LogCapture(LatestResource.class);
    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LatestState<String> state =
            LatestState.builder((payload, origin) -> new String(payload, StandardCharsets.UTF_8))
                    .subscriber(broker)
                    .stream("models")
                    .open();
    private final LatestResource<String, StringBuilder> resource = LatestResource.builder(
                    state, LatestResourceMetricsTest::load, builder -> {})
            .retry(LONG, LONG)
            .open();
    private final LatestResourceMetrics metrics = new LatestResourceMetrics(resource);

    LatestResourceMetricsTest() {
        metrics.bindTo(registry);
    }

    @AfterEach
    void release() {
        resource.close();
        state.close();
        log.close();
    }

    @Test
    void loadsAndFailedLoadsAreCounted() {
        assertThat(count("latest.resource.loads")).isZero();
        assertThat(count("latest.resource.load.failures")).isZero();
        broker.push("a");
        await().until(() -> count("latest.resource.loads") == 1);
        broker.push("bad");
        await().until(() -> count("latest.resource.load.failures") == 1);
        assertThat(count("latest.resource.loads")).isEqualTo(1);
        broker.push("b");
        await().until(() -> count("latest.resource.loads") == 2);
    }

    @Test
    void openLeasesAreMeasuredThroughASwapAndAfterClose() {
        assertThat(leases()).isZero();
        broker.push("a");
        await().until(() -> count("latest.resource.loads") == 1);
        Lease<String, StringBuilder> old = resource.acquire();
        broker.push("b");
        await().until(() -> count("latest.resource.loads") == 2);
        Lease<String, StringBuilder> present = resource.acquire();
        assertThat(leases()).isEqualTo(2);
        old.close();
        resource.close();
        assertThat(leases()).isEqualTo(1);
        present.close();
        assertThat(leases()).isZero();
    }

    @Test
    void theStreamIsATagAndCloseRemovesTheMeters() {
        assertThat(registry.getMeters())
                .hasSize(3)
                .allSatisfy(meter -> assertThat(meter.getId().getTag("stream")).isEqualTo("models"));
        metrics.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    private static StringBuilder load(String name) {
        if (name.equals("bad")) {
            throw new IllegalArgumentException("no such model: " + name);
        }
        return new StringBuilder(name);
    }

    private double count(String name) {
        return registry.get(name).functionCounter().count();
    }

    private double leases() {
        return registry.get("latest.resource.leases.open").gauge().value();
    }
}
