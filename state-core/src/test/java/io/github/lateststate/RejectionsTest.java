package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that are not accepted: where they are counted and shown. */
class RejectionsTest {

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
    void acceptedAndRejectedRecordsAreCounted() {
        broker.offer(1, "a");
        broker.offer(2, null);
        broker.offer(3, "bad");
        assertThat(state.status().accepted()).isEqualTo(2);
        assertThat(state.status().rejected()).isEqualTo(1);
        assertThat(state.status().lastRejection())
                .map(Rejection::toString)
                .hasValueSatisfying(received -> assertThat(received).contains("position 3", "no such text"));
    }

    @Test
    void aRecordThatTheSubscriberCannotReadIsARejectionLikeAnyOther() {
        IllegalStateException damage = new IllegalStateException("the envelope is damaged");
        broker.offer(1, "a");
        broker.caughtUp();
        broker.sink().rejected(ManualSubscriber.record("0", 2, 2, "b"), damage);
        assertThat(state.get()).isEqualTo("a");
        assertThat(state.status().accepted()).isEqualTo(1);
        assertThat(state.status().rejected()).isEqualTo(1);
        assertThat(state.status().lastRejection()).hasValueSatisfying(rejection -> {
            assertThat(rejection.origin().partition()).isEqualTo("0");
            assertThat(rejection.origin().position()).isEqualTo("2");
            assertThat(rejection.cause()).isSameAs(damage);
        });
        assertThat(log.messages(Level.WARN))
                .singleElement()
                .asString()
                .contains("position 2", "the envelope is damaged", "'models'");
        broker.offer(3, "c");
        assertThat(state.get()).isEqualTo("c");
    }

    @Test
    void nothingIsRejectedAfterClose() {
        state.close();
        broker.sink().rejected(ManualSubscriber.record("0", 1, 1, "a"), away);
        assertThat(state.status().rejected()).isZero();
    }
}
