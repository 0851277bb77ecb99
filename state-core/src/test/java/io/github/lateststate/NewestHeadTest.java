package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The state is the newest head of all partitions. */
class NewestHeadTest {

    private final LogCapture log = new LogCapture();
    private final ManualSubscriber broker = new ManualSubscriber();
    private LatestState<String> state = broker.state().open();

    @AfterEach
    void release() {
        state.close();
        log.close();
    }

    @Test
    void nothingIsPublishedBeforeTheLookBackHasEndedInEveryPartition() {
        reopenWithInitial("initial");
        broker.offer("0", 1, 10, "older");
        assertThat(state.get()).isEqualTo("initial");
        broker.offer("1", 1, 20, "newer");
        assertThat(state.get()).isEqualTo("initial");
        broker.caughtUp();
        assertThat(state.get()).isEqualTo("newer");
    }

    @Test
    void theNewestHeadIsTheStateInAnyOrderOfArrival() {
        broker.caughtUp();
        broker.offer("1", 1, 20, "newer");
        broker.offer("0", 1, 10, "older");
        assertThat(state.get()).isEqualTo("newer");
        broker.offer("1", 2, 5, "later in its partition");
        assertThat(state.get()).isEqualTo("older");
    }

    @Test
    void aTombstoneCountsOnlyIfItIsTheNewestHead() {
        broker.caughtUp();
        broker.offer("1", 1, 20, "newer");
        broker.offer("0", 1, 10, null);
        assertThat(state.get()).isEqualTo("newer");
    }

    @Test
    void aRetiredPartitionGivesWayToTheOthers() {
        broker.caughtUp();
        broker.offer("parent", 1, 20, "parent's");
        broker.offer("child", 1, 10, "child's");
        broker.sink().retire("parent");
        assertThat(state.get()).isEqualTo("child's");
    }

    @Test
    void aVanishedLogDoesNotRemoveTheValue() {
        broker.caughtUp();
        broker.offer(1, "a");
        broker.sink().retire("0");
        assertThat(state.get()).isEqualTo("a");
    }

    private void reopenWithInitial(String initial) {
        state.close();
        state = broker.state().initial(initial).open();
    }
}
