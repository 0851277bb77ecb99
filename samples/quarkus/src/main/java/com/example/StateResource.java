package com.example;

import static java.lang.Math.max;
import static java.time.Instant.now;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.github.lateststate.Current;
import io.github.lateststate.LatestState;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;

/** Answers with the state. The headers say where it comes from and how fresh it is. */
@Path("/state")
public class StateResource {

    private final LatestState<Message> state;

    StateResource(LatestState<Message> state) {
        this.state = state;
    }

    @GET
    public Response get(@Context Request request) {
        Current<Message> current = state.current();
        Message message = current.value().orElseThrow();
        EntityTag tag = new EntityTag(String.valueOf(message.state()));
        ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        ResponseBuilder answer = unchanged != null ? unchanged : Response.ok(message).tag(tag);
        answer.header("Cache-Control", "no-cache").header("X-State-Phase", state.status().phase());
        current.origin().ifPresent(origin -> {
            answer.header("X-State-Partition", origin.partition()).header("X-State-Position", origin.position());
            origin.timestamp().ifPresent(at -> answer.header("X-State-Age", max(0, SECONDS.between(at, now()))));
        });
        return answer.build();
    }
}
