package io.github.lateststate.demo.server;

import io.github.lateststate.Current;
import io.github.lateststate.Origin;
import io.github.lateststate.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state, its origin, and its age in seconds. Before any message everything but the state is null. */
record StateReport(
        int state,
        @Nullable String partition,
        @Nullable String position,
        @Nullable String timestamp,
        @Nullable Long age) {

    static StateReport of(Current<StateMessage> current, Instant now) {
        Origin origin = current.origin().orElse(null);
        if (origin == null) {
            return new StateReport(state(current), null, null, null, null);
        }
        return new StateReport(
                state(current),
                PlainText.of(origin.partition()),
                PlainText.of(origin.position()),
                origin.timestamp().map(Instant::toString).orElse(null),
                age(origin, now).orElse(null));
    }

    static int state(Current<StateMessage> current) {
        return current.value().orElse(StateMessage.INITIAL).state();
    }

    /** In seconds, and never negative: the producer's clock may be ahead of ours. Empty if the record has no timestamp. */
    static Optional<Long> age(Origin origin, Instant now) {
        return origin.timestamp()
                .map(timestamp -> Math.max(0, Duration.between(timestamp, now).toSeconds()));
    }
}
