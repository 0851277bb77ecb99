package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.demo.server.StateHistory.Past;
import io.github.lateststate.demo.server.StateHistory.PastState;
import io.github.lateststate.testing.InMemorySubscriber;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The test is the clock: the wall clock stands still, the monotonic one moves. */
class StateHistoryTest {

    private final InMemorySubscriber broker = unplugged();
    private final LatestState<StateMessage> state =
            LatestState.builder(StateMessage.decoder()).subscriber(broker).stream("state")
                    .initial(StateMessage.INITIAL)
                    .open();
    private long nanos = -5;
    private final StateHistory history = new StateHistory(state, () -> TestApi.NOW, () -> nanos);

    @AfterEach
    void stop() {
        state.close();
    }

    @Test
    void theRecordThatTheLookBackFoundIsAsOldAsItSays() {
        TestApi.push(broker, TestApi.NOW.minusSeconds(7), 5);
        lookBack();

        assertThat(history.past().states()).containsExactly(new PastState(7_000, 5, true));
    }

    @Test
    void aLaterStateCountsFromWhenItArrivedWhateverTheProducersClockSays() {
        lookBack();
        after(Duration.ofSeconds(3));
        push(TestApi.NOW.minusSeconds(3_600), 6);
        after(Duration.ofSeconds(2));
        push(TestApi.NOW.plusSeconds(3_600), 7);
        after(Duration.ofMillis(500));

        assertThat(history.past().states())
                .containsExactly(
                        new PastState(5_500, 0, false), new PastState(2_500, 6, true), new PastState(500, 7, true));
    }

    @Test
    void itBeginsWhenTheLookBackHasEnded() {
        after(Duration.ofSeconds(20));
        history.note();
        assertThat(history.past()).isEqualTo(new Past(state.current(), state.group(), 0, List.of()));

        lookBack();
        after(Duration.ofSeconds(1));

        assertThat(history.past())
                .isEqualTo(new Past(state.current(), state.group(), 1_000, List.of(new PastState(1_000, 0, false))));
    }

    @Test
    void aStateThatWasNotNotedYetIsInThePast() {
        lookBack();
        broker.push("{\"state\":5}");

        Past past = history.past();

        assertThat(past.states()).last().isEqualTo(new PastState(0, 5, true));
        assertThat(past.current()).isEqualTo(state.current());
    }

    @Test
    void anEqualStateIsAnotherEntryButANoteWithoutAChangeIsNot() {
        lookBack();
        push("{\"state\":5}");
        push("{\"state\":5}");
        history.note();

        assertThat(history.past().states()).extracting(PastState::state).containsExactly(0, 5, 5);
    }

    @Test
    void afterFiveMinutesOnlyTheLastOlderStateStays() {
        lookBack();
        for (int i = 1; i <= 8; i++) {
            after(Duration.ofMinutes(1));
            push("{\"state\":" + i + "}");
        }

        assertThat(history.past().states()).extracting(PastState::state).containsExactly(3, 4, 5, 6, 7, 8);
        assertThat(history.past().since()).isEqualTo(Duration.ofMinutes(8).toMillis());
    }

    @Test
    void whenItIsFullItKeepsTheLastStateOfEachSecondAndStillGoesBackFiveMinutes() {
        lookBack();
        for (int i = 0; i < 10_000; i++) {
            after(Duration.ofMillis(100));
            push("{\"state\":" + i + "}");
        }

        Past past = history.past();
        assertThat(past.states()).hasSizeBetween(StateHistory.MOST / 2, StateHistory.MOST);
        assertThat(past.states()).last().isEqualTo(new PastState(0, 9_999, true));
        assertThat(past.states().get(0).age()).isBetween(300_000L, 301_000L);
        for (int i = 1; i < past.states().size(); i++) {
            assertThat(past.states().get(i - 1).age() - past.states().get(i).age())
                    .isBetween(100L, 1_000L);
        }
    }

    @Test
    void aTimestampFromTheBeginningOfTimeIsVeryOld() {
        TestApi.push(broker, Instant.ofEpochMilli(Long.MIN_VALUE), 5);
        lookBack();

        assertThat(history.past().states())
                .containsExactly(new PastState(Duration.ofDays(36_500).toMillis(), 5, true));
    }

    private static InMemorySubscriber unplugged() {
        InMemorySubscriber broker = new InMemorySubscriber();
        broker.interrupt(new IOException("unplugged"));
        return broker;
    }

    private void lookBack() {
        broker.restore();
        history.note();
    }

    private void push(String message) {
        broker.push(message);
        history.note();
    }

    private void push(Instant timestamp, int state) {
        TestApi.push(broker, timestamp, state);
        history.note();
    }

    private void after(Duration time) {
        nanos += time.toNanos();
    }
}
