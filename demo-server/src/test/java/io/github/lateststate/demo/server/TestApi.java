package io.github.lateststate.demo.server;

import io.github.lateststate.LatestState;
import io.github.lateststate.demo.web.HostNames;
import io.github.lateststate.testing.InMemorySubscriber;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.SessionHandler;

/** The web API on a free port, with a state from a broker in memory. */
final class TestApi implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final HttpClient client = HttpClient.newHttpClient();
    private final LatestState<StateMessage> state;
    private final Javalin http;

    TestApi(InMemorySubscriber broker) {
        this(broker, InstantSource.fixed(NOW));
    }

    TestApi(InMemorySubscriber broker, InstantSource clock) {
        this(broker, clock, 0, new Instances(List.of()));
    }

    /** On a port that the other instances know. */
    TestApi(InMemorySubscriber broker, InstantSource clock, int port, Instances instances) {
        state = LatestState.builder(StateMessage.decoder()).subscriber(broker).stream("state")
                .initial(StateMessage.INITIAL)
                .open();
        http = WebApi.of(state, clock, HostNames.of(Map.of()), instances).start("127.0.0.1", port);
    }

    static void push(InMemorySubscriber broker, Instant timestamp, int state) {
        broker.record("{\"state\":" + state + "}")
                .partition("p7")
                .timestamp(timestamp)
                .push();
    }

    int port() {
        return http.port();
    }

    /** The number of open connections. */
    int connections() {
        return http.jettyServer()
                .server()
                .getConnectors()[0]
                .getConnectedEndPoints()
                .size();
    }

    /** The number of sessions that were opened since the start. */
    int sessionsEver() {
        return http.jettyServer().server().getDescendant(SessionHandler.class).getSessionsCreated();
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return request("GET", path, headers);
    }

    HttpResponse<String> request(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.stop();
        state.close();
    }
}
