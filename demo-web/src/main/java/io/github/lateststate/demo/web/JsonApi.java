package io.github.lateststate.demo.web;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.time.Duration;

/** What all the web APIs of the demos share. */
public final class JsonApi {

    private static final Duration FOR_A_BODY = Duration.ofSeconds(10);

    private JsonApi() {}

    /**
     * Prints nothing at the start, keeps no sessions, and answers every error with a problem. A request reaches its route only if it
     * names one of these hosts and its whole body has arrived. An answer is sent as a whole.
     */
    public static void configure(JavalinConfig config, HostNames hosts) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        Problems.answerWith(config);
        config.jetty.modifyServletContextHandler(context -> context.setSessionHandler(new NoSessions()));
        config.jetty.modifyServer(server -> {
            server.insertHandler(new WholeAnswer());
            server.insertHandler(new WholeBody(FOR_A_BODY));
            server.insertHandler(new FrontDoor(hosts));
        });
    }

    /** HEAD runs the same handler, so that it answers with the same headers. Jetty leaves the body out. */
    public static void get(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }
}
