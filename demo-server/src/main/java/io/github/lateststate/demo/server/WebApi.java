package io.github.lateststate.demo.server;

import io.github.lateststate.LatestState;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.time.InstantSource;

/** Which path is answered by what. */
final class WebApi {

    private WebApi() {}

    /** Not started yet. */
    static Javalin of(LatestState<StateMessage> state, InstantSource clock) {
        Health health = new Health(state);
        return Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.http.prefer405over404 = true;
            Problems.answerWith(config);
            get(config.routes, "/", new LivePage());
            LivePage.files().forEach((path, file) -> get(config.routes, path, file));
            get(config.routes, "/state", new StateResource(state, clock));
            StateStream stream = new StateStream(state, clock);
            stream.liveWith(config);
            get(config.routes, "/state/stream", stream);
            get(config.routes, "/health/live", health::live);
            get(config.routes, "/health/ready", health::ready);
        });
    }

    /** HEAD runs the same handler, so that it answers with the same headers; the body is left away further down. */
    private static void get(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }
}
