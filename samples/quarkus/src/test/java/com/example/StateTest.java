package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.lateststate.LatestState;
import io.github.lateststate.testing.InMemorySubscriber;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StateTest {

    /** The broker of all tests: see application.properties. */
    @ApplicationScoped
    static class Broker {

        @Produces
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
