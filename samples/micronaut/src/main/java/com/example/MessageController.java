package com.example;

import io.github.lateststate.LatestState;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;

/** Answers with the last message. */
@Controller("/message")
class MessageController {

    private final LatestState<Message> state;

    MessageController(LatestState<Message> state) {
        this.state = state;
    }

    @Get
    Message get() {
        return state.get();
    }
}
