package io.github.lateststate.demo.web;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Answers an orchestrator's health checks. */
public final class HealthCheck {

    /** During an outage of the broker the last known state is served, however long it takes. */
    public static final Duration ANY_SILENCE = ChronoUnit.FOREVER.getDuration();

    private HealthCheck() {}

    /** 200 with the report, or 503 with the reason and the members of the report; never from a cache. */
    public static void answer(Context ctx, boolean good, String reason, Object report) {
        ctx.header(Header.CACHE_CONTROL, "no-store");
        if (good) {
            ctx.json(report);
        } else {
            Problems.unavailable(ctx, reason, report);
        }
    }
}
