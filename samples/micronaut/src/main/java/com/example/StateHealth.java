package com.example;

import io.github.lateststate.LatestState;
import io.github.lateststate.Status;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Takes an instance out of service until it has its state. An outage of the broker is not a reason. */
@Readiness
@Singleton
class StateHealth implements HealthIndicator {

    /** How long the broker may be away: any time. */
    private static final Duration MAX_SILENCE = ChronoUnit.FOREVER.getDuration();

    private final LatestState<Message> state;

    StateHealth(LatestState<Message> state) {
        this.state = state;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        Status status = state.status();
        return Publishers.just(HealthResult.builder("state", status.healthy(MAX_SILENCE) ? HealthStatus.UP : HealthStatus.DOWN)
                .details(Map.of("phase", status.phase(), "progress", status.progress()))
                .build());
    }
}
