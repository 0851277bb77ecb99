package io.github.lateststate.demo.server;

import static io.github.lateststate.demo.web.JsonApi.get;

import io.github.lateststate.LatestState;
import io.github.lateststate.demo.web.JsonApi;
import io.javalin.Javalin;
import java.time.InstantSource;
import java.util.Map;

/** Which path is answered by what. */
final class WebApi {

    private WebApi() {}

    /** Not started yet. */
    static Javalin of(LatestState<StateMessage> state, InstantSource clock) {
        Health health = new Health(state);
        MetricsResource metrics = new MetricsResource(state);
        return Javalin.create(config -> {
            JsonApi.configure(config);
            get(config.routes, "/", ctx -> ctx.json(Map.of("message", "Hello World")));
            get(config.routes, "/state", new StateResource(state, clock));
            get(config.routes, "/health/live", health::live);
            get(config.routes, "/health/ready", health::ready);
            get(config.routes, "/metrics", metrics);
        });
    }
}
