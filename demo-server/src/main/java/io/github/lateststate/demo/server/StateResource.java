package io.github.lateststate.demo.server;

import io.github.lateststate.Current;
import io.github.lateststate.LatestState;
import io.github.lateststate.PlainText;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;

/** Answers with the state. The headers say where it comes from and how fresh it is. */
final class StateResource implements Handler {

    private final LatestState<StateMessage> state;
    private final InstantSource clock;

    StateResource(LatestState<StateMessage> state, InstantSource clock) {
        this.state = state;
        this.clock = clock;
    }

    @Override
    public void handle(Context ctx) throws IOException {
        Current<StateMessage> current = state.current();
        int value = StateReport.state(current);
        EntityTag tag = new EntityTag(Integer.toString(value));
        ctx.header(Header.ETAG, tag.toString());
        ctx.header(Header.CACHE_CONTROL, "no-cache");
        ctx.header("X-State-Phase", state.status().phase().name());
        current.origin().ifPresent(origin -> {
            ctx.header("X-State-Partition", PlainText.of(origin.partition()));
            ctx.header("X-State-Position", PlainText.of(origin.position()));
            StateReport.age(origin, clock.instant()).ifPresent(age -> ctx.header("X-State-Age", Long.toString(age)));
        });
        if (tag.isAmong(ctx.header(Header.IF_NONE_MATCH))) {
            NotModified.answer(ctx);
        } else {
            ctx.json(Map.of("state", value));
        }
    }
}
