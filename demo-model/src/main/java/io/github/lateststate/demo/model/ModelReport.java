package io.github.lateststate.demo.model;

import io.github.lateststate.Current;
import io.github.lateststate.demo.web.HealthReport;
import io.github.lateststate.resource.LoadFailure;
import io.github.lateststate.resource.LoadPhase;
import io.github.lateststate.resource.ResourceStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The status of the swaps, as JSON. Every field is always present; it is null if there is no value. */
record ModelReport(
        @Nullable Serving serving,
        String phase,
        String since,
        long loads,
        long loadFailures,
        @Nullable Failure lastFailure) {

    static ModelReport of(ResourceStatus<ModelRef> status) {
        return new ModelReport(
                status.serving()
                        .map(current ->
                                Serving.of(ref(current), status.servingSince().orElse(status.since())))
                        .orElse(null),
                status.phase().name(),
                status.since().toString(),
                status.loads(),
                status.loadFailures(),
                status.lastFailure().map(Failure::of).orElse(null));
    }

    /** A clause for a person, while no model is in service. */
    String progress() {
        if (lastFailure != null) {
            return "version " + lastFailure.version() + " was refused and is retried. " + lastFailure.cause();
        }
        return phase.equals(LoadPhase.LOADING.name()) ? "the first one is loading" : "no message has named one";
    }

    private static ModelRef ref(Current<ModelRef> current) {
        return current.value().orElseThrow();
    }

    /** The model in service. */
    record Serving(String version, String sha256, String since) {

        private static Serving of(ModelRef ref, Instant since) {
            return new Serving(ref.version(), ref.sha256(), since.toString());
        }
    }

    /** The version that was refused last. In phase RETRYING it is tried again; in any other phase it is history. */
    record Failure(String version, String at, String cause) {

        private static Failure of(LoadFailure<ModelRef> failure) {
            return new Failure(
                    ref(failure.current()).version(), failure.at().toString(), HealthReport.described(failure.cause()));
        }
    }
}
