package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How old a contact is, and what follows from its age. */
class ContactAgeTest {

    private final LogCapture log = new LogCapture();
    private final ManualClock clock = new ManualClock();
    private final ManualSubscriber broker = new ManualSubscriber();
    private final LatestState<String> state = broker.state().clock(clock).open();

    @AfterEach
    void release() {
        state.close();
        log.close();
    }

    @Test
    void contactThatIsOlderThan15SecondsIsAnInterruptionFromThen() {
        broker.caughtUp();
        broker.sink().contact(Duration.ofSeconds(5), false);
        Instant lastLive = clock.advance(Duration.ofSeconds(10));
        assertThat(state.status().phase()).isEqualTo(Phase.LIVE);
        clock.advance(Duration.ofSeconds(7));
        assertPhase(Phase.INTERRUPTED, lastLive);
        assertThat(state.status().lastError())
                .hasValueSatisfying(error -> assertThat(error)
                        .hasMessageContaining("The last contact with the broker was at " + lastLive.minusSeconds(15)));
        broker.sink().contact(Duration.ofSeconds(16), false);
        assertThat(state.status().phase()).as("an answer to an old question").isEqualTo(Phase.INTERRUPTED);
        broker.sink().contact(Duration.ofSeconds(14), false);
        assertPhase(Phase.LIVE, clock.instant());
    }

    @Test
    void anAnswerToAnEarlierQuestionDoesNotMakeTheContactOlder() {
        broker.caughtUp();
        broker.sink().contact(Duration.ofSeconds(1), false);
        broker.sink().contact(Duration.ofSeconds(9), true);
        assertThat(state.status().lastContact()).contains(clock.instant().minusSeconds(1));
        assertThat(state.status().newerPending()).isTrue();
    }

    @Test
    void aLookBackThatEndsAfterALongSilenceIsNotLive() {
        broker.sink().contact(Duration.ofSeconds(36), false);
        broker.caughtUp();
        assertThat(state.status().phase()).isEqualTo(Phase.INTERRUPTED);
        assertThat(state.status().ready()).isTrue();
    }

    @Test
    void settingTheWallClockBackChangesNoDuration() {
        clock.advance(Duration.ofSeconds(10));
        clock.setBack(Duration.ofHours(1));
        broker.caughtUp();
        assertThat(state.status().lookBack()).map(LookBackReport::duration).contains(Duration.ofSeconds(10));
        broker.sink().contact(Duration.ZERO, false);
        clock.setBack(Duration.ofHours(1));
        clock.advance(Duration.ofSeconds(16));
        assertThat(state.status().phase()).isEqualTo(Phase.INTERRUPTED);
    }

    @Test
    void settingTheWallClockDoesNotChangeTheAgeOfTheLastContact() {
        broker.sink().contact(Duration.ZERO, false);
        Instant contact = clock.instant();
        clock.advance(Duration.ofSeconds(4));
        assertThat(state.status().lastContact()).contains(contact);
        clock.setBack(Duration.ofHours(1));
        assertThat(state.status().lastContact()).contains(contact.minus(Duration.ofHours(1)));
        clock.setBack(Duration.ofHours(-2));
        assertThat(state.status().lastContact()).contains(contact.plus(Duration.ofHours(1)));
    }

    private void assertPhase(Phase phase, Instant since) {
        assertThat(state.status().phase()).isEqualTo(phase);
        assertThat(state.status().since()).isEqualTo(since);
    }
}
