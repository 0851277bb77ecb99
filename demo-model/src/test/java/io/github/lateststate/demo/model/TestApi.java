package io.github.lateststate.demo.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lateststate.LatestState;
import io.github.lateststate.demo.web.HostNames;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.resource.Loader;
import io.github.lateststate.testing.InMemorySubscriber;
import io.javalin.Javalin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The web API on a free port, with messages from a broker in memory. */
final class TestApi implements AutoCloseable {

    static final String SETOSA = "{\"sepalLength\":5.1,\"sepalWidth\":3.5,\"petalLength\":1.4,\"petalWidth\":0.2}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<ServedModel> disposed = new CopyOnWriteArrayList<>();
    private final LatestState<ModelRef> state;
    private final LatestResource<ModelRef, ServedModel> models;
    private final Javalin http;

    TestApi(InMemorySubscriber broker, Path store) {
        this(broker, ModelServer.loader(new ModelStore(store)));
    }

    TestApi(InMemorySubscriber broker, Loader<ModelRef, ServedModel> loader) {
        state = LatestState.builder(ModelRef.decoder()).subscriber(broker).stream("models")
                .open();
        models = ModelServer.models(state, loader, model -> {
            disposed.add(model);
            model.close();
        });
        http = ModelApi.of(state, models, HostNames.of(Map.of())).start("127.0.0.1", 0);
    }

    /** In the order of their disposal. */
    List<ServedModel> disposed() {
        return disposed;
    }

    HttpResponse<String> predict(String body) throws IOException, InterruptedException {
        return request("POST", "/predict", BodyPublishers.ofString(body));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return request("GET", path, BodyPublishers.noBody());
    }

    HttpResponse<String> request(String method, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + http.port() + path);
        return client.send(HttpRequest.newBuilder(uri).method(method, body).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> getWith(String path, String header, String value) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + http.port() + path);
        return client.send(HttpRequest.newBuilder(uri).header(header, value).build(), BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) throws IOException {
        return new JsonMapper().readTree(response.body());
    }

    @Override
    public void close() {
        http.stop();
        models.close();
        state.close();
    }
}
