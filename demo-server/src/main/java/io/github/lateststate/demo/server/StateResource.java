package io.github.lateststate.demo.server;

import io.github.lateststate.LatestState;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state, and in the headers where it comes from and how fresh it is. */
final class StateResource implements Handler {

    private final LatestState<StateMessage> state;
    private final InstantSource clock;

    StateResource(LatestState<StateMessage> state, InstantSource clock) {
        this.state = state;
        this.clock = clock;
    }

    @Override
    public void handle(Context ctx) {
        StateReport report = StateReport.of(state.current(), clock.instant());
        EntityTag tag = new EntityTag(Integer.toString(report.state()));
        ctx.header(Header.ETAG, tag.toString());
        ctx.header(Header.CACHE_CONTROL, "no-cache");
        ctx.header("X-State-Phase", state.status().phase().name());
        say(ctx, "X-State-Partition", report.partition());
        say(ctx, "X-State-Position", report.position());
        say(ctx, "X-State-Age", report.age());
        if (tag.isAmong(ctx.header(Header.IF_NONE_MATCH))) {
            ctx.status(HttpStatus.NOT_MODIFIED);
        } else {
            ctx.json(Map.of("state", report.state()));
        }
    }

    private static void say(Context ctx, String header, @Nullable Object value) {
        if (value != null) {
            ctx.header(header, value.toString());
        }
    }
}
