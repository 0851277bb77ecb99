package io.github.lateststate.demo.model;

import static io.github.lateststate.demo.web.JsonApi.get;

import io.github.lateststate.LatestState;
import io.github.lateststate.demo.web.JsonApi;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.resource.Lease;
import io.github.lateststate.resource.NoResourceException;
import io.javalin.Javalin;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;

/** Which path is answered by what. */
final class ModelApi {

    private static final long MOST_BYTES_OF_BODY = 10_000;

    private final LatestResource<ServedModel> models;
    private final Health health;

    private ModelApi(LatestResource<ServedModel> models, Health health) {
        this.models = models;
        this.health = health;
    }

    /** Not started yet. */
    static Javalin of(LatestState<ModelRef> state, LatestResource<ServedModel> models) {
        Health health = new Health(state, models);
        ModelApi api = new ModelApi(models, health);
        return Javalin.create(config -> {
            JsonApi.configure(config);
            config.http.maxRequestSize = MOST_BYTES_OF_BODY;
            config.routes.post("/predict", api::predict);
            get(config.routes, "/model", api::model);
            get(config.routes, "/health/live", health::live);
            get(config.routes, "/health/ready", health::ready);
        });
    }

    /** One lease for the whole answer. */
    private void predict(Context ctx) {
        Flower flower = FlowerJson.read(body(ctx));
        try (Lease<ServedModel> lease = models.acquire()) {
            ctx.json(lease.get().predict(flower));
        } catch (NoResourceException e) {
            health.unavailable(ctx);
        }
    }

    private static byte[] body(Context ctx) {
        try {
            return ctx.bodyAsBytes();
        } catch (HttpResponseException e) { // it does not name the limit
            throw new ContentTooLargeResponse(
                    "The body is longer than " + MOST_BYTES_OF_BODY + " bytes, which is the most that is taken");
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
