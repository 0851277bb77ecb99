package io.github.lateststate.demo.model;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.Status;
import io.github.lateststate.demo.web.HealthCheck;
import io.github.lateststate.demo.web.HealthReport;
import io.github.lateststate.resource.LatestResource;
import io.javalin.http.Context;

/** The health checks. Both answers have the status of the model, and of the state that names it. */
final class Health {

    private final LatestState<?> state;
    private final LatestResource<ModelRef, ?> models;

    Health(LatestState<?> state, LatestResource<ModelRef, ?> models) {
        this.state = state;
        this.models = models;
    }

    /** Not live: only a restart can help. */
    void live(Context ctx) {
        Status status = state.status();
        Report report = report(status);
        HealthCheck.answer(
                ctx,
                status.phase() != Phase.FAILED,
                "Given up: " + report.state().summary(),
                report);
    }

    /** Ready once there is a model. A bad new one, or an outage, leaves the old one in service. A failed state does not. */
    void ready(Context ctx) {
        Report report = report(state.status());
        HealthCheck.answer(ctx, report.ready(), report.whyNotReady(), report);
    }

    /** Answers a request that needs a model while there is none. */
    void unavailable(Context ctx) {
        Report report = report(state.status());
        HealthCheck.answer(ctx, false, report.whyNotReady(), report);
    }

    private Report report(Status status) {
        ModelReport model = ModelReport.of(models.status());
        boolean ready = model.serving() != null && status.healthy(HealthCheck.ANY_SILENCE);
        return new Report(ready, model, HealthReport.of(state, status));
    }

    private record Report(boolean ready, ModelReport model, HealthReport state) {

        private String whyNotReady() {
            return model.serving() == null
                    ? "No model yet: " + model.progress() + ". The stream '" + state.stream() + "': " + state.summary()
                    : "No newer model will come. The stream '" + state.stream() + "': " + state.summary();
        }
    }
}
