package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.NotReadyException.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusTrackerTest {

    private final StatusTracker tracker = new StatusTracker("models", new ManualClock());

    @Test
    void nothingChangesTheReadinessAfterAClose() {
        tracker.closed();
        callEverything();
        assertThat(tracker.whyNotReady()).isEqualTo(Reason.CLOSED);
        assertThat(status().lookBack()).isEmpty();
        assertThat(status().lastContact()).isEmpty();
    }

    @Test
    void nothingChangesTheReadinessAfterAFailure() {
        tracker.failed(new Exception("bad setting"));
        callEverything();
        assertThat(tracker.whyNotReady()).isEqualTo(Reason.FAILED);
        assertThat(status().lookBack()).isEmpty();
        assertThat(status().lastContact()).isEmpty();
    }

    private void callEverything() {
        tracker.restored();
        tracker.caughtUp(ManualSubscriber.RECORDS_READ, Current.beforeAnyRecord(null));
        tracker.contact(Duration.ZERO, false);
    }

    private Status status() {
        return tracker.status(ManualSubscriber.PROGRESS, new Listeners.Slow(0, 0));
    }
}
