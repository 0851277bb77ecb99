package io.github.lateststate.demo.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.lateststate.LatestState;
import io.github.lateststate.PlainText;
import io.github.lateststate.Rejection;
import io.github.lateststate.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A status as one flat JSON object. Every field is always present; it is null if there is no value. */
public record HealthReport(
        @JsonUnwrapped Now now,
        @JsonUnwrapped Records records,
        @JsonUnwrapped Listeners listeners,
        String stream,
        String group) {

    /** How the state is. */
    public record Now(
            String phase,
            String since,
            boolean ready,
            @Nullable String lastContact,
            @Nullable String lastError,
            String progress) {}

    /** What was read. */
    public record Records(
            boolean newerPending,
            long accepted,
            long rejected,
            @Nullable String lastRejection) {}

    /** The listeners that hold themselves up. */
    public record Listeners(long slowListeners, @Nullable String slowestListenerSince) {}

    /** The report of this status. */
    public static HealthReport of(LatestState<?> state, Status status) {
        return new HealthReport(
                new Now(
                        status.phase().name(),
                        status.since().toString(),
                        status.ready(),
                        status.lastContact().map(Instant::toString).orElse(null),
                        status.lastError().map(HealthReport::described).orElse(null),
                        PlainText.of(status.progress())),
                new Records(
                        status.newerPending(),
                        status.accepted(),
                        status.rejected(),
                        status.lastRejection().map(HealthReport::described).orElse(null)),
                new Listeners(
                        status.slowListeners(),
                        status.slowestListenerSince().map(Instant::toString).orElse(null)),
                state.stream(),
                state.group());
    }

    /** One sentence for a person. */
    public String summary() {
        return now.phase + " since " + now.since + ", " + now.progress
                + (now.lastError == null ? "." : ". Last error: " + now.lastError);
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
