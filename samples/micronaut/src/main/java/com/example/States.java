package com.example;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.json.JsonDecoder;
import io.github.lateststate.spi.LatestStateSubscriber;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.core.annotation.Nullable;
import jakarta.inject.Named;

/** The state. application.properties says where it comes from. */
@Factory
class States {

    /** A test has a subscriber that is a bean. */
    @Context
    @Bean(preDestroy = "close")
    LatestState<Message> state(@Named("state") StateProperties properties, @Nullable LatestStateSubscriber subscriber) {
        LatestStateBuilder<Message> builder = LatestState.builder(JsonDecoder.of(Message.class))
                .stream(properties.stream())
                .initial(new Message(0));
        if (subscriber == null) {
            builder.subscriber(properties.subscriber()).settings(properties.settings());
        } else {
            builder.subscriber(subscriber);
        }
        LatestState<Message> state = builder.open();
        if (properties.awaitReady() != null) {
            state.awaitReady(properties.awaitReady());
        }
        return state;
    }
}
