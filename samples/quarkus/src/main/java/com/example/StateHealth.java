package com.example;

import io.github.lateststate.LatestState;
import io.github.lateststate.Status;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Takes an instance out of service until it has its state. An outage of the broker is not a reason. */
@Readiness
@ApplicationScoped
class StateHealth implements HealthCheck {

    /** How long the broker may be away: any time. */
    private static final Duration MAX_SILENCE = ChronoUnit.FOREVER.getDuration();

    private final LatestState<Message> state;

    StateHealth(LatestState<Message> state) {
        this.state = state;
    }

    @Override
    public HealthCheckResponse call() {
        Status status = state.status();
        return HealthCheckResponse.named("state")
                .status(status.healthy(MAX_SILENCE))
                .withData("phase", status.phase().name())
                .withData("progress", status.progress())
                .build();
    }
}
