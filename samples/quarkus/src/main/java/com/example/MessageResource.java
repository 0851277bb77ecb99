package com.example;

import io.github.lateststate.LatestState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Answers with the last message. */
@Path("/message")
public class MessageResource {

    private final LatestState<Message> state;

    MessageResource(LatestState<Message> state) {
        this.state = state;
    }

    @GET
    public Message get() {
        return state.get();
    }
}
