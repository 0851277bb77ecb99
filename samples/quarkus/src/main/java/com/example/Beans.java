package com.example;

import io.github.lateststate.LatestState;
import io.github.lateststate.cdi.LatestStates;
import io.github.lateststate.json.JsonDecoder;
import io.github.lateststate.metrics.LatestStateMetrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The state and its metrics. application.properties says where the state is from. */
@ApplicationScoped
class Beans {

    @Produces
    @Singleton
    LatestState<Message> state(LatestStates states) {
        return states.open("state", JsonDecoder.of(Message.class), state -> state.initial(new Message(0)));
    }

    @Produces
    @Singleton
    MeterBinder metrics(LatestState<Message> state) {
        return new LatestStateMetrics(state, Tags.of("name", "state"));
    }
}
