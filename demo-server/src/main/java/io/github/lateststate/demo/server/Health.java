package io.github.lateststate.demo.server;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.Status;
import io.github.lateststate.demo.web.HealthCheck;
import io.github.lateststate.demo.web.HealthReport;
import io.javalin.http.Context;

/** The health checks. Both answers say how fresh the state is. A 503 adds the reason. */
final class Health {

    private final LatestState<?> state;

    Health(LatestState<?> state) {
        this.state = state;
    }

    /** Only a restart can help a state that has failed. It does not bring a broker back, so the silence does not matter. */
    void live(Context ctx) {
        Status status = state.status();
        answer(ctx, status, status.phase() != Phase.FAILED, "Given up");
    }

    /** Once ready, always ready: during an outage of the broker the last known state is served. */
    void ready(Context ctx) {
        Status status = state.status();
        answer(ctx, status, status.healthy(HealthCheck.ANY_SILENCE), "Not ready");
    }

    private void answer(Context ctx, Status status, boolean good, String bad) {
        HealthReport report = HealthReport.of(state, status);
        HealthCheck.answer(ctx, good, bad + ": " + report.summary(), report);
    }
}
