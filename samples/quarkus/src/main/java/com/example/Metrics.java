package com.example;

import io.github.lateststate.LatestState;
import io.github.lateststate.metrics.LatestStateMetrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The meters of the state. */
@ApplicationScoped
class Metrics {

    @Produces
    @Singleton
    MeterBinder metrics(LatestState<Message> state) {
        return new LatestStateMetrics(state, Tags.of("name", "state"));
    }
}
