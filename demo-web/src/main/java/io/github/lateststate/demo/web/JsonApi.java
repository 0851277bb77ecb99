package io.github.lateststate.demo.web;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;

/** What every API here does alike. */
public final class JsonApi {

    private JsonApi() {}

    /** Nothing is printed at the start, and every error is a problem. */
    public static void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        Problems.answerWith(config);
    }

    /** HEAD runs the same handler, so that it answers with the same headers; the body is left away further down. */
    public static void get(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }
}
