package com.example;

import io.github.lateststate.LatestState;
import io.github.lateststate.json.JsonDecoder;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;

/** The state. application.properties says where it comes from. */
@Factory
class States {

    @Context
    @Bean(preDestroy = "close")
    LatestState<Message> state(@Named("state") StateProperties properties) {
        LatestState<Message> state = LatestState.builder(JsonDecoder.of(Message.class))
                .subscriber(properties.subscriber())
                .stream(properties.stream())
                .settings(properties.settings())
                .initial(new Message(0))
                .open();
        if (properties.awaitReady() != null) {
            state.awaitReady(properties.awaitReady());
        }
        return state;
    }
}
