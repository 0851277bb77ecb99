package io.github.lateststate.demo.server;

import static io.github.lateststate.demo.web.JsonApi.get;

import io.github.lateststate.LatestState;
import io.github.lateststate.demo.web.HostNames;
import io.github.lateststate.demo.web.JsonApi;
import io.javalin.Javalin;
import java.time.InstantSource;

/** Maps each path to its handler. */
final class WebApi {

    private WebApi() {}

    /** Returns a server that is not started yet. */
    static Javalin of(LatestState<StateMessage> state, InstantSource clock, HostNames hosts, Instances instances) {
        Health health = new Health(state);
        MetricsResource metrics = new MetricsResource(state);
        return Javalin.create(config -> {
            JsonApi.configure(config, hosts);
            get(config.routes, "/", new LivePage(instances));
            LivePage.files().forEach((path, file) -> get(config.routes, path, file));
            get(config.routes, "/state", new StateResource(state, clock));
            StateStream stream = new StateStream(state, clock);
            stream.liveWith(config);
            get(config.routes, "/state/stream", instances.mayRead(stream));
            get(config.routes, "/health/live", health::live);
            get(config.routes, "/health/ready", health::ready);
            get(config.routes, "/metrics", metrics);
        });
    }
}
