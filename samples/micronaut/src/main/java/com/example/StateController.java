package com.example;

import static java.lang.Math.max;
import static java.time.Instant.now;
import static java.time.temporal.ChronoUnit.SECONDS;

import io.github.lateststate.Current;
import io.github.lateststate.LatestState;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;

/** Answers with the state. The headers say where it comes from and how fresh it is. */
@Controller("/state")
class StateController {

    private final LatestState<Message> state;

    StateController(LatestState<Message> state) {
        this.state = state;
    }

    @Get
    HttpResponse<?> get(@Header("If-None-Match") @Nullable String known) {
        Current<Message> current = state.current();
        Message message = current.value().orElseThrow();
        String tag = "\"" + message.state() + "\"";
        MutableHttpResponse<?> answer = tag.equals(known) ? HttpResponse.notModified() : HttpResponse.ok(message);
        answer.header("ETag", tag)
                .header("Cache-Control", "no-cache")
                .header("X-State-Phase", state.status().phase().name());
        current.origin().ifPresent(origin -> {
            answer.header("X-State-Partition", origin.partition()).header("X-State-Position", origin.position());
            origin.timestamp().ifPresent(at -> answer.header("X-State-Age", "" + max(0, SECONDS.between(at, now()))));
        });
        return answer;
    }
}
