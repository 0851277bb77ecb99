package io.github.lateststate.spring;

import io.github.lateststate.LatestState;
import io.github.lateststate.Status;
import java.time.Duration;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** The health of one state. */
final class Boot3StateHealth extends AbstractHealthIndicator {

    private final LatestState<?> state;
    private final Duration maxSilence;

    Boot3StateHealth(LatestState<?> state, Duration maxSilence) {
        this.state = state;
        this.maxSilence = maxSilence;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Status status = state.status();
        builder.status(StatusReport.health(status, maxSilence));
        builder.withDetails(StatusReport.of(state, status));
    }
}
