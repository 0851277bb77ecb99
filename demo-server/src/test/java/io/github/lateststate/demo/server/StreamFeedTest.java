package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.testing.InMemorySubscriber;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The events of a state, at times that the test sets. */
class StreamFeedTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final LatestState<StateMessage> state =
            LatestState.builder(StateMessage.decoder()).subscriber(broker).stream("state")
                    .initial(StateMessage.INITIAL)
                    .open();
    private Instant now = TestApi.NOW;
    private final StreamFeed feed = new StreamFeed(state, () -> now);

    @AfterEach
    void stop() {
        state.close();
    }

    @Test
    void theEventOfAStateIsMadeOncePerSecond() {
        TestApi.push(broker, TestApi.NOW, 5);
        String event = feed.stateEvent(state.current());

        now = TestApi.NOW.plusMillis(999);

        assertThat(feed.stateEvent(state.current())).isSameAs(event);
    }

    @Test
    void aSecondLaterTheAgeIsASecondMore() {
        TestApi.push(broker, TestApi.NOW.minusSeconds(90), 5);
        assertThat(feed.stateEvent(state.current())).contains("\"age\":90}");

        now = TestApi.NOW.plusSeconds(1);

        assertThat(feed.stateEvent(state.current())).contains("\"age\":91}");
    }

    @Test
    void aNewStateHasItsOwnEventInTheSameSecond() {
        TestApi.push(broker, TestApi.NOW, 5);
        assertThat(feed.stateEvent(state.current())).contains("\"state\":5,");

        TestApi.push(broker, TestApi.NOW, 6);

        assertThat(feed.stateEvent(state.current())).contains("\"state\":6,");
    }

    @Test
    void thereIsNoAgeBeforeAnyMessage() {
        assertThat(feed.stateEvent(state.current())).contains("\"state\":0,", "\"age\":null}");
    }
}
