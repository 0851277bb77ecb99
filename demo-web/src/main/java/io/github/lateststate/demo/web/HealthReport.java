package io.github.lateststate.demo.web;

import io.github.lateststate.LatestState;
import io.github.lateststate.PlainText;
import io.github.lateststate.Rejection;
import io.github.lateststate.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A status as JSON. Every field is always present; it is null if there is no value. */
public record HealthReport(
        String phase,
        String since,
        boolean ready,
        @Nullable String lastContact,
        @Nullable String lastError,
        String progress,
        boolean newerPending,
        long accepted,
        long rejected,
        @Nullable String lastRejection,
        long slowListeners,
        @Nullable String slowestListenerSince,
        String stream,
        String group) {

    /** The report for this moment. */
    public static HealthReport of(LatestState<?> state, Status status) {
        return new HealthReport(
                status.phase().name(),
                status.since().toString(),
                status.ready(),
                status.lastContact().map(Instant::toString).orElse(null),
                status.lastError().map(HealthReport::described).orElse(null),
                PlainText.of(status.progress()),
                status.newerPending(),
                status.accepted(),
                status.rejected(),
                status.lastRejection().map(HealthReport::described).orElse(null),
                status.slowListeners(),
                status.slowestListenerSince().map(Instant::toString).orElse(null),
                state.stream(),
                state.group());
    }

    /** One sentence for a person. */
    public String summary() {
        return phase + " since " + since + ", " + progress + (lastError == null ? "." : ". Last error: " + lastError);
    }

    private static String described(Rejection rejection) {
        return rejection.origin() + ": " + described(rejection.cause());
    }

    /** The first line only: Jackson adds details that do not help here. */
    public static String described(Throwable cause) {
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        return PlainText.of(message.lines().findFirst().orElse(cause.getClass().getSimpleName()));
    }
}
