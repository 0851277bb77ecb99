package com.example;

import io.github.lateststate.LatestState;
import io.github.lateststate.cdi.LatestStates;
import io.github.lateststate.json.JsonDecoder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The state. application.properties says where it comes from. */
@ApplicationScoped
class Beans {

    @Produces
    @Singleton
    LatestState<Message> state(LatestStates states) {
        return states.open("state", JsonDecoder.of(Message.class), state -> state.initial(new Message(0)));
    }
}
