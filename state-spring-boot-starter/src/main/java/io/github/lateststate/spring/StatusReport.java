package io.github.lateststate.spring;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.PlainText;
import io.github.lateststate.Rejection;
import io.github.lateststate.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A status for a person: fields by name, without those that have no value. All text from outside is bounded and escaped. */
final class StatusReport {

    private StatusReport() {}

    static Map<String, Object> of(LatestState<?> state, Status status) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("phase", status.phase().name());
        report.put("since", status.since().toString());
        report.put("ready", status.ready());
        put(report, "lastContact", status.lastContact());
        put(report, "lastError", status.lastError().map(StatusReport::described));
        report.put("progress", PlainText.of(status.progress()));
        report.put("newerPending", status.newerPending());
        report.put("accepted", status.accepted());
        report.put("rejected", status.rejected());
        put(report, "lastRejection", status.lastRejection().map(StatusReport::described));
        report.put("slowListeners", status.slowListeners());
        put(report, "slowestListenerSince", status.slowestListenerSince());
        report.put("stream", state.stream());
        report.put("group", state.group());
        return report;
    }

    /** UP if it is healthy, OUT_OF_SERVICE while it is not ready yet, else DOWN. */
    static String health(Status status, Duration maxSilence) {
        if (status.healthy(maxSilence)) {
            return "UP";
        }
        boolean over = status.phase() == Phase.FAILED || status.phase() == Phase.CLOSED;
        return status.ready() || over ? "DOWN" : "OUT_OF_SERVICE";
    }

    /** The first line only: Jackson adds details that do not help here. */
    static String described(Throwable cause) {
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        return PlainText.of(message.lines().findFirst().orElse(cause.getClass().getSimpleName()));
    }

    private static String described(Rejection rejection) {
        return rejection.origin() + ": " + described(rejection.cause());
    }

    private static void put(Map<String, Object> report, String name, Optional<?> value) {
        value.ifPresent(there -> report.put(name, there.toString()));
    }
}
