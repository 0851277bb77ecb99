package io.github.lateststate.demo.server;

import io.github.lateststate.Current;
import io.github.lateststate.Origin;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state, where it comes from, and its age in seconds. All but the state is null before any message. */
record StateReport(
        int state,
        @Nullable String partition,
        @Nullable String position,
        @Nullable String timestamp,
        @Nullable Long age) {

    static StateReport of(Current<StateMessage> current, Instant now) {
        int state = current.value().orElse(StateMessage.INITIAL).state();
        Origin origin = current.origin().orElse(null);
        if (origin == null) {
            return new StateReport(state, null, null, null, null);
        }
        // the producer's clock may be ahead of ours
        long age = Math.max(0, Duration.between(origin.timestamp(), now).toSeconds());
        return new StateReport(
                state, origin.partition(), origin.position(), origin.timestamp().toString(), age);
    }
}
