package io.github.lateststate.spring;

import io.github.lateststate.LatestState;
import io.github.lateststate.Status;
import java.time.Duration;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** UP if {@link Status#healthy} says so, OUT_OF_SERVICE while the state is not ready yet, else DOWN. */
final class StateHealth extends AbstractHealthIndicator {

    private final LatestState<?> state;
    private final Duration maxSilence;

    StateHealth(LatestState<?> state, Duration maxSilence) {
        this.state = state;
        this.maxSilence = maxSilence;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        Status status = state.status();
        if (status.healthy(maxSilence)) {
            builder.up();
        } else {
            switch (status.phase()) {
                case FAILED, CLOSED -> builder.down();
                default -> {
                    if (status.ready()) {
                        builder.down();
                    } else {
                        builder.outOfService();
                    }
                }
            }
        }
        builder.withDetails(StatusReport.of(state, status));
    }
}
