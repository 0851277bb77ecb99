package io.github.lateststate.demo.model;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.demo.web.DefaultBroker;
import io.github.lateststate.demo.web.HostNames;
import io.github.lateststate.demo.web.HttpAddress;
import io.github.lateststate.demo.web.Lifecycle;
import io.github.lateststate.resource.Disposer;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.resource.Loader;
import io.javalin.Javalin;
import io.javalin.util.JavalinException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state names the model, the resource is the model, and the API answers with it. */
final class ModelServer {

    private static final Logger logger = LoggerFactory.getLogger(ModelServer.class);

    private static final int MOST_BYTES = 16 << 20;
    private static final Duration TO_DOWNLOAD = Duration.ofSeconds(30);

    private final Map<String, String> env;

    ModelServer(Map<String, String> env) {
        this.env = env;
    }

    /** Returns when the API can be used. The model may come later. */
    void start(Lifecycle life) {
        HttpAddress address = HttpAddress.of(env);
        HostNames hosts = HostNames.of(env);
        address.requireFree();
        Map<String, String> stream = DefaultBroker.unlessNamedIn(
                env, life, DemoModel.TOPIC, "java -jar demo-model/target/demo-model-*.jar train");
        if (life.isEnding()) {
            return;
        }
        LatestState<ModelRef> state = life.opened(state(stream));
        LatestResource<ModelRef, ServedModel> models =
                life.opened(models(state, loader(ModelStore.of(env)), ServedModel::close));
        Javalin http = ModelApi.of(state, models, hosts);
        life.opened(http::stop);
        try {
            http.start(address.host(), address.port());
        } catch (JavalinException e) {
            throw address.notUsable(e);
        }
        logger.info("The model is at {}/model. Ask it with POST /predict", address.url(http.port()));
    }

    static ModelLoader loader(ModelStore store) {
        return new ModelLoader(new Fetcher(store, MOST_BYTES, TO_DOWNLOAD));
    }

    static LatestResource<ModelRef, ServedModel> models(
            LatestState<ModelRef> state, Loader<ModelRef, ServedModel> loader, Disposer<ServedModel> disposer) {
        return LatestResource.builder(state, loader, disposer)
                .validator(ServedModel::validate)
                .open();
    }

    private LatestState<ModelRef> state(Map<String, String> stream) {
        LatestStateBuilder<ModelRef> builder =
                LatestState.builder(ModelRef.decoder()).environment(stream);
        String snapshot = env.getOrDefault("MODEL_SNAPSHOT", "");
        if (!snapshot.isBlank()) {
            builder.snapshot(Path.of(snapshot));
        }
        return builder.open();
    }
}
