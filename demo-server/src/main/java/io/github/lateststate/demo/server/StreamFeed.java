package io.github.lateststate.demo.server;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lateststate.Current;
import io.github.lateststate.LatestState;
import io.github.lateststate.demo.web.HealthReport;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The events to send at this moment. Each counter rises when its event is due again. */
final class StreamFeed {

    /** Often enough for a page to notice soon that the server is gone. */
    private static final int TICKS_BETWEEN_STATUSES = 5;

    private static final int TICKS_BETWEEN_COMMENTS = 15;
    private static final ObjectWriter JSON = new JsonMapper().writer();

    private final LatestState<StateMessage> state;
    private final InstantSource clock;
    private final StateHistory history;
    private final AtomicInteger statuses = new AtomicInteger();
    private final AtomicInteger comments = new AtomicInteger();
    private volatile @Nullable StateEvent lastEvent;
    private int ticks;

    /** The event of a state. It is the same for all clients while the age in seconds is the same. */
    private record StateEvent(
            Current<StateMessage> current, @Nullable Long age, String text) {}

    /** The time by this server's clock, followed by the members of a health report. */
    private record StatusEvent(String at, @JsonUnwrapped HealthReport health) {}

    StreamFeed(LatestState<StateMessage> state, InstantSource clock) {
        this.state = state;
        this.clock = clock;
        this.history = new StateHistory(state, clock, System::nanoTime);
    }

    /** Call it each second, from one thread. */
    void tick() {
        ticks++;
        if (ticks % TICKS_BETWEEN_STATUSES == 0) {
            statusChanged();
        }
        if (ticks % TICKS_BETWEEN_COMMENTS == 0) {
            comments.incrementAndGet();
        }
    }

    /** The status is due. It is also due now and then without a change, for the last contact and what is pending. */
    void statusChanged() {
        history.note(); // the look-back may have ended
        statuses.incrementAndGet();
    }

    void stateChanged() {
        history.note();
    }

    Current<StateMessage> current() {
        return state.current();
    }

    int statuses() {
        return statuses.get();
    }

    int comments() {
        return comments.get();
    }

    StateHistory.Past past() {
        return history.past();
    }

    String historyEvent(StateHistory.Past past) {
        return event("history", past);
    }

    String stateEvent(Current<StateMessage> current) {
        Instant now = clock.instant();
        Long age =
                current.origin().flatMap(origin -> StateReport.age(origin, now)).orElse(null);
        StateEvent made = lastEvent;
        if (made == null || !made.current.equals(current) || !Objects.equals(made.age, age)) {
            made = new StateEvent(current, age, event("state", StateReport.of(current, now)));
            lastEvent = made;
        }
        return made.text;
    }

    String statusEvent() {
        return event("status", new StatusEvent(clock.instant().toString(), HealthReport.of(state, state.status())));
    }

    private static String event(String name, Object data) {
        try {
            return "event: " + name + "\ndata: " + JSON.writeValueAsString(data) + "\n\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
