package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    private final Exception away = new Exception("the broker is away");
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
    void atFirstNothingIsKnown() {
        Status status = state.status();
        assertPhase(Phase.STARTING, clock.instant());
        assertThat(status.ready()).isFalse();
        assertThat(status.lastContact()).isEmpty();
        assertThat(status.newerPending()).isFalse();
        assertThat(status.accepted()).isZero();
        assertThat(status.rejected()).isZero();
        assertThat(status.reconnects()).isZero();
        assertThat(status.listenerFailures()).isZero();
        assertThat(status.lookBack()).isEmpty();
        assertThat(status.lastError()).isEmpty();
        assertThat(status.lastRejection()).isEmpty();
        assertThat(status.progress()).isEqualTo(ManualSubscriber.PROGRESS);
    }

    @Test
    void theEndOfTheLookBackMakesItLiveAndReady() {
        Instant then = clock.advance(MINUTE);
        broker.caughtUp();
        clock.advance(Duration.ofSeconds(15));
        assertPhase(Phase.LIVE, then);
        assertThat(state.status().ready()).isTrue();
    }

    @Test
    void aStateIsHealthyIfItIsReadyAndTheBrokerIsNotSilentForTooLong() {
        assertThat(state.status().healthy(MINUTE)).as("not ready").isFalse();
        broker.caughtUp();
        broker.sink().contact(Duration.ofSeconds(10), false);
        assertThat(state.status().healthy(Duration.ofSeconds(10))).isTrue();
        assertThat(state.status().healthy(Duration.ofSeconds(9))).isFalse();
        clock.advance(MINUTE);
        assertThat(state.status().phase()).isEqualTo(Phase.INTERRUPTED);
        assertThat(state.status().healthy(MINUTE)).isFalse();
        assertThat(state.status().healthy(FOREVER))
                .as("the last known state is served")
                .isTrue();
    }

    @Test
    void aFailedOrClosedStateIsNotHealthy() {
        broker.caughtUp();
        broker.sink().failed(away);
        assertThat(state.status().healthy(FOREVER)).isFalse();
        assertThat(state.status().ready()).isFalse();
        LatestState<String> closed = broker.state().open();
        broker.caughtUp();
        closed.close();
        assertThat(closed.status().healthy(FOREVER)).isFalse();
    }

    @Test
    void twoStatusesAreEqualIfNothingHasHappenedBetweenThem() {
        broker.caughtUp();
        Status first = state.status();
        clock.advance(Duration.ofSeconds(1));
        assertThat(state.status()).isEqualTo(first).hasSameHashCodeAs(first);
        broker.offer(1, "a");
        assertThat(state.status()).isNotEqualTo(first);
    }

    @Test
    void contactIsKeptWithWhatIsPendingAndDoesNotChangeThePhase() {
        Instant start = clock.instant();
        Instant at = clock.advance(MINUTE);
        broker.sink().contact(Duration.ZERO, true);
        assertPhase(Phase.STARTING, start);
        assertThat(state.status().lastContact()).contains(at);
        assertThat(state.status().newerPending()).isTrue();
        broker.sink().contact(Duration.ZERO, false);
        assertThat(state.status().newerPending()).isFalse();
    }

    @Test
    void anInterruptionBeforeTheEndOfTheLookBackGoesBackToStarting() {
        Instant interrupted = clock.advance(MINUTE);
        broker.sink().interrupted(away);
        assertPhase(Phase.INTERRUPTED, interrupted);
        Instant back = clock.advance(MINUTE);
        broker.sink().contact(Duration.ZERO, false);
        assertPhase(Phase.STARTING, back);
        Instant live = clock.advance(Duration.ofSeconds(10));
        broker.caughtUp();
        assertPhase(Phase.LIVE, live);
        assertThat(state.status().lastError()).as("stays to be read").contains(away);
    }

    @Test
    void anInterruptionAfterwardsGoesBackToLiveAndItStaysReady() {
        broker.caughtUp();
        Instant interrupted = clock.advance(Duration.ofSeconds(15));
        broker.sink().interrupted(away);
        assertPhase(Phase.INTERRUPTED, interrupted);
        assertThat(state.status().ready()).isTrue();
        Instant back = clock.advance(MINUTE);
        broker.sink().contact(Duration.ZERO, false);
        assertPhase(Phase.LIVE, back);
    }

    @Test
    void onlyAReturnToLiveCountsAsAReconnect() {
        interruptAndRestore();
        broker.caughtUp();
        assertThat(state.status().reconnects()).isZero();
        interruptAndRestore();
        interruptAndRestore();
        assertThat(state.status().reconnects()).isEqualTo(2);
        broker.sink().contact(Duration.ZERO, false);
        assertThat(state.status().reconnects()).as("there was contact anyway").isEqualTo(2);
    }

    @Test
    void theCostOfTheLookBackIsReportedAndStays() {
        clock.advance(MINUTE);
        interruptAndRestore();
        broker.caughtUp();
        LookBackReport lookBack = state.status().lookBack().orElseThrow();
        assertThat(lookBack.duration()).isEqualTo(MINUTE.multipliedBy(2));
        assertThat(lookBack.recordsRead()).isEqualTo(ManualSubscriber.RECORDS_READ);
        interruptAndRestore();
        broker.offer(1, "a");
        assertThat(state.status().lookBack()).contains(lookBack);
    }

    @Test
    void aRepeatedInterruptionReplacesTheCauseButNotTheTime() {
        Instant first = clock.advance(MINUTE);
        broker.sink().interrupted(away);
        clock.advance(MINUTE);
        Exception other = new Exception("wrong password");
        broker.sink().interrupted(other);
        assertPhase(Phase.INTERRUPTED, first);
        assertThat(state.status().lastError()).contains(other);
    }

    @Test
    void aValueIsServedDuringAnInterruptionAndAfterAFailure() {
        broker.offer(1, "a");
        broker.caughtUp();
        broker.sink().interrupted(away);
        assertThat(state.get()).isEqualTo("a");
        broker.sink().failed(away);
        assertThat(state.get()).isEqualTo("a");
    }

    @Test
    void aFailureIsReportedAndLogged() {
        Exception cause = new Exception("bad setting: fix it");
        Instant then = clock.advance(MINUTE);
        broker.sink().failed(cause);
        assertPhase(Phase.FAILED, then);
        assertThat(state.status().lastError()).contains(cause);
        assertThat(state.status().ready()).isFalse();
        assertThat(log.messages(Level.ERROR)).singleElement().asString().contains("'models'");
    }

    @Test
    void aFailedStateStaysFailedUntilClose() {
        broker.sink().failed(away);
        broker.sink().interrupted(away);
        broker.sink().contact(Duration.ZERO, false);
        broker.caughtUp();
        assertThat(state.status().phase()).isEqualTo(Phase.FAILED);
        state.close();
        assertThat(state.status().phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void closedIsFinal() {
        Instant then = clock.advance(MINUTE);
        state.close();
        clock.advance(MINUTE);
        broker.sink().interrupted(away);
        broker.sink().contact(Duration.ZERO, false);
        broker.caughtUp();
        broker.sink().failed(away);
        state.close();
        assertPhase(Phase.CLOSED, then);
    }

    private void interruptAndRestore() {
        broker.sink().interrupted(away);
        clock.advance(MINUTE);
        broker.sink().contact(Duration.ZERO, false);
    }

    private void assertPhase(Phase phase, Instant since) {
        assertThat(state.status().phase()).isEqualTo(phase);
        assertThat(state.status().since()).isEqualTo(since);
    }
}
