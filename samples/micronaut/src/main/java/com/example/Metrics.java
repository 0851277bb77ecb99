package com.example;

import io.github.lateststate.LatestState;
import io.github.lateststate.metrics.LatestStateMetrics;
import io.micrometer.core.instrument.Tags;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The meters of the state. */
@Factory
class Metrics {

    @Bean(preDestroy = "close")
    @Singleton
    LatestStateMetrics metrics(LatestState<Message> state) {
        return new LatestStateMetrics(state, Tags.of("name", "state"));
    }
}
