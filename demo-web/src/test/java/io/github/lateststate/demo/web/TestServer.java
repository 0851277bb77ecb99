package io.github.lateststate.demo.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server that is set up like the demos' servers, with a few routes whose answers name the method. */
final class TestServer implements AfterEachCallback {

    /** Longer than the system's buffers for a connection after {@link #bufferLittle}. */
    static final String LONG = "0123456789abcdef".repeat(10_000);

    private static final int LITTLE = 8_192;

    private final Javalin http;

    TestServer(Map<String, String> env) {
        this(config -> JsonApi.configure(config, HostNames.of(env)));
    }

    TestServer(Consumer<JavalinConfig> set) {
        http = Javalin.create(config -> {
                    set.accept(config);
                    JsonApi.get(config.routes, "/", ctx -> ctx.result("got"));
                    JsonApi.get(config.routes, "/long", ctx -> ctx.result(LONG));
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

    /** The whole answer to one request. In the request line and the headers, PORT stands for the port of this server. */
    String answerTo(String requestLine, String... headers) throws Exception {
        String port = Integer.toString(port());
        String[] withPort =
                Stream.of(headers).map(header -> header.replace("PORT", port)).toArray(String[]::new);
        return RawClient.answer(port(), requestLine.replace("PORT", port), withPort);
    }

    /** From now on the system buffers little of an answer that the client does not read. */
    void bufferLittle() {
        ((ServerConnector) http.jettyServer().server().getConnectors()[0]).setAcceptedSendBufferSize(LITTLE);
    }

    /** The number of sessions that were opened since the start. */
    int sessionsEver() {
        return http.jettyServer().server().getDescendant(SessionHandler.class).getSessionsCreated();
    }

    /** The number of open connections. */
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
