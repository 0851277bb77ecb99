package io.github.lateststate.demo.spring;

import static java.lang.Math.max;
import static java.time.Instant.now;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.springframework.http.ResponseEntity.ok;

import io.github.lateststate.LatestState;
import io.github.lateststate.demo.spring.DemoSpring.Message;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers with the state. The headers say where it comes from and how fresh it is. */
@RestController
record StateController(LatestState<Message> state) {

    @GetMapping("/state")
    ResponseEntity<Message> get() {
        var current = state.current();
        var answer = ok().header("Cache-Control", "no-cache")
                .header("X-State-Phase", "" + state.status().phase());
        current.origin().ifPresent(origin -> {
            answer.header("X-State-Partition", origin.partition()).header("X-State-Position", origin.position());
            origin.timestamp().ifPresent(at -> answer.header("X-State-Age", "" + max(0, SECONDS.between(at, now()))));
        });
        return current.value().map(it -> answer.eTag("" + it.state()).body(it)).orElseThrow();
    }
}
