package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lateststate.LatestState;
import io.github.lateststate.testing.InMemorySubscriber;
import io.micronaut.context.annotation.Factory;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;

@MicronautTest
class StateTest {

    /** The broker of all tests. */
    @Factory
    static class Broker {

        @Singleton
        InMemorySubscriber subscriber() {
            return new InMemorySubscriber();
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
