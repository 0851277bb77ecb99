package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lateststate.LatestState;
import io.github.lateststate.json.JsonDecoder;
import io.github.lateststate.testing.InMemorySubscriber;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;

@MicronautTest
class StateTest {

    /** The broker of all tests, and the state that follows it. */
    @Factory
    static class Broker {

        @Singleton
        InMemorySubscriber subscriber() {
            return new InMemorySubscriber();
        }

        @Context
        @Bean(preDestroy = "close")
        @Replaces(value = LatestState.class, factory = States.class)
        LatestState<Message> state(InMemorySubscriber broker) {
            return LatestState.builder(JsonDecoder.of(Message.class))
                    .subscriber(broker)
                    .stream("state")
                    .initial(new Message(0))
                    .open();
        }
    }

    @Inject
    InMemorySubscriber broker;

    @Inject
    LatestState<Message> state;

    @Test
    void theLastMessageIsTheState() {
        broker.push("{\"state\":96}");
        assertEquals(96, state.get().state());
    }
}
