package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.Current;
import io.github.lateststate.LatestState;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.resource.Lease;
import io.github.lateststate.testing.InMemorySubscriber;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/** The recipes of the page on Micronaut. */
@MicronautTest
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

    @Factory
    static class HotSwap {

        @Context
        @Bean(preDestroy = "close")
        LatestResource<Message, Model> models(LatestState<Message> state) {
            return LatestResource.builder(state, Model::load, Model::close).open();
        }
    }

    @Controller("/changes")
    static class Changes {

        @Inject
        LatestState<Message> state;

        @Get(produces = MediaType.TEXT_EVENT_STREAM)
        Publisher<Message> changes() {
            Flux<Current<Message>> states = JdkFlowAdapter.flowPublisherToFlux(state.publisher());
            return states.mapNotNull(current -> current.value().orElse(null));
        }
    }

    @Inject
    InMemorySubscriber broker;

    @Inject
    LatestResource<Message, Model> models;

    @Inject
    EmbeddedServer server;

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
                new InputStreamReader(server.getURI().resolve("/changes").toURL().openStream()))) {
            assertThat(events.readLine()).isEqualTo("data: {\"state\":8}");
        }
    }
}
