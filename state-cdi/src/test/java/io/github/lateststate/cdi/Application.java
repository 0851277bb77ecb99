package io.github.lateststate.cdi;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.Status;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.testing.InMemorySubscriber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The beans of an application in a test. */
@ApplicationScoped
class Application {

    /** What it saw, in order. */
    static final List<String> SEEN = new ArrayList<>();

    /** The broker. */
    static InMemorySubscriber broker = new InMemorySubscriber();

    /** The states themselves, not their proxies, which end with the container. */
    static final List<LatestState<String>> OPENED = new ArrayList<>();

    @Produces
    @ApplicationScoped
    @Named("model")
    LatestState<String> model(LatestStates states) {
        SEEN.add("opened");
        LatestState<String> model = states.open("model", Decoder.utf8());
        OPENED.add(model);
        return model;
    }

    @Produces
    @Singleton
    @Named("prices")
    LatestState<String> prices(LatestStates states) {
        return states.open("prices", Decoder.utf8(), state -> state.initial("none"));
    }

    @Produces
    @Singleton
    LatestResource<String, Integer> length(@Named("model") LatestState<String> model) {
        return LatestResource.builder(model, Loaded::length, Loaded::dispose).open();
    }

    @Produces
    @Singleton
    InMemorySubscriber broker() {
        return broker;
    }

    void start(@Observes Startup startup, @Named("model") LatestState<String> model) {
        SEEN.add("started with " + model.value());
    }

    void stop(
            @Observes @BeforeDestroyed(ApplicationScoped.class) Object event,
            @Named("model") LatestState<String> model) {
        Status status = model.status();
        SEEN.add("stopping while " + status.phase());
    }

    /** What the resource loads and disposes of. */
    static final class Loaded {

        private Loaded() {}

        static Integer length(String model) {
            return model.length();
        }

        static void dispose(Integer length) {
            SEEN.add("disposed of " + Optional.of(length));
        }
    }
}
