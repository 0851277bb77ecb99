package io.github.lateststate.demo.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server as the demos set theirs up, with one route for each of a few methods, which say what they were. */
final class TestServer implements AfterEachCallback {

    private final Javalin http;

    TestServer(Map<String, String> env) {
        this(config -> JsonApi.configure(config, HostNames.of(env)));
    }

    TestServer(Consumer<JavalinConfig> set) {
        http = Javalin.create(config -> {
                    set.accept(config);
                    JsonApi.get(config.routes, "/", ctx -> ctx.result("got"));
                    config.routes.post(
                            "/", ctx -> ctx.result("posted " + ctx.body().length()));
                    config.routes.get(
                            "/session", ctx -> ctx.result("" + ctx.req().getSession()));
                })
                .start("127.0.0.1", 0);
    }

    int port() {
        return http.port();
    }

    String host() {
        return "Host: localhost:" + port();
    }

    /** How many connections are open. */
    int connections() {
        return http.jettyServer()
                .server()
                .getConnectors()[0]
                .getConnectedEndPoints()
                .size();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        http.stop();
    }
}
