package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.Current;
import io.github.lateststate.LatestState;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.resource.Lease;
import io.github.lateststate.testing.InMemorySubscriber;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The recipes of the page on Quarkus. */
@QuarkusTest
class RecipesTest {

    /** What the application loads. */
    static final class Model {

        private final int number;

        private Model(int number) {
            this.number = number;
        }

        static Model load(Message message) {
            return new Model(message.state());
        }

        void close() {}
    }

    @ApplicationScoped
    static class HotSwap {

        @Produces
        @Singleton
        LatestResource<Message, Model> models(LatestState<Message> state) {
            return LatestResource.builder(state, Model::load, Model::close).open();
        }
    }

    @Path("/changes")
    public static class Changes {

        @Inject
        LatestState<Message> state;

        @GET
        @jakarta.ws.rs.Produces(MediaType.SERVER_SENT_EVENTS)
        public Multi<Message> changes() {
            return Multi.createFrom()
                    .publisher(state.publisher())
                    .map(Current::value)
                    .select()
                    .where(Optional::isPresent)
                    .map(Optional::get);
        }
    }

    @Inject
    InMemorySubscriber broker;

    @Inject
    LatestResource<Message, Model> models;

    @TestHTTPResource
    URI address;

    @Test
    void theResourceIsLoadedWhenAMessageNamesIt() {
        broker.push("{\"state\":7}");
        models.awaitReady(Duration.ofMinutes(1));
        try (Lease<Message, Model> lease = models.acquire()) {
            assertThat(lease.get().number).isNotNegative();
        }
    }

    @Test
    void theCurrentStateIsTheFirstEvent() throws Exception {
        broker.push("{\"state\":8}");
        try (BufferedReader events = new BufferedReader(
                new InputStreamReader(address.resolve("changes").toURL().openStream()))) {
            assertThat(events.readLine()).isEqualTo("data:{\"state\":8}");
        }
    }
}
