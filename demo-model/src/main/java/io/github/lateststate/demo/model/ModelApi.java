package io.github.lateststate.demo.model;

import static io.github.lateststate.demo.web.JsonApi.get;

import io.github.lateststate.LatestState;
import io.github.lateststate.demo.web.HostNames;
import io.github.lateststate.demo.web.JsonApi;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.resource.Lease;
import io.github.lateststate.resource.NoResourceException;
import io.javalin.Javalin;
import io.javalin.http.Context;

/** Maps each path to its handler. */
final class ModelApi {

    private final LatestResource<ModelRef, ServedModel> models;
    private final Health health;

    private ModelApi(LatestResource<ModelRef, ServedModel> models, Health health) {
        this.models = models;
        this.health = health;
    }

    /** Returns a server that is not started yet. */
    static Javalin of(LatestState<ModelRef> state, LatestResource<ModelRef, ServedModel> models, HostNames hosts) {
        Health health = new Health(state, models);
        ModelApi api = new ModelApi(models, health);
        return Javalin.create(config -> {
            JsonApi.configure(config, hosts);
            config.routes.post("/predict", api::predict);
            get(config.routes, "/model", api::model);
            get(config.routes, "/health/live", health::live);
            get(config.routes, "/health/ready", health::ready);
        });
    }

    /** One lease for the whole answer. */
    private void predict(Context ctx) {
        Flower flower = FlowerJson.read(ctx.bodyAsBytes());
        try (Lease<ModelRef, ServedModel> lease = models.acquire()) {
            ctx.json(lease.get().predict(flower));
        } catch (NoResourceException e) {
            health.unavailable(ctx);
        }
    }

    private void model(Context ctx) {
        ModelReport.Serving serving = ModelReport.of(models.status()).serving();
        if (serving == null) {
            health.unavailable(ctx);
        } else {
            ctx.json(serving);
        }
    }
}
