package io.github.lateststate.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnedDownTest {

    private final TurnedDown turnedDown = new TurnedDown();

    @Test
    void rejectedRecordsAreRememberedOnlyAfterAnUndecidedOne() {
        turnedDown.rejected(record("0", 7, 1));
        assertThat(turnedDown.contains(record("0", 7, 1))).isFalse();
        turnedDown.undecided();
        assertThat(turnedDown.contains(record("0", 7, 1))).isTrue();
        turnedDown.rejected(record("0", 6, 1));
        assertThat(turnedDown.contains(record("0", 6, 1))).isTrue();
    }

    @Test
    void anotherPartitionPositionOrTimestampIsAnotherRecord() {
        turnedDown.rejected(record("0", 7, 1));
        turnedDown.undecided();
        assertThat(turnedDown.contains(record("1", 7, 1))).isFalse();
        assertThat(turnedDown.contains(record("0", 8, 1))).isFalse();
        assertThat(turnedDown.contains(record("0", 7, 2))).isFalse();
    }

    @Test
    void anAcceptedRecordEndsTheSearchAndClearsTheMemory() {
        turnedDown.rejected(record("0", 7, 1));
        turnedDown.undecided();
        turnedDown.accepted();
        assertThat(turnedDown.contains(record("0", 7, 1))).isFalse();
        turnedDown.undecided();
        assertThat(turnedDown.contains(record("0", 7, 1))).isFalse();
    }

    @Test
    void onlyTheLastThousandAreKept() {
        for (int position = 0; position <= 1_000; position++) {
            turnedDown.rejected(record("0", position, 1));
        }
        turnedDown.undecided();
        assertThat(turnedDown.contains(record("0", 0, 1))).isFalse();
        assertThat(turnedDown.contains(record("0", 1, 1))).isTrue();
        assertThat(turnedDown.contains(record("0", 1_000, 1))).isTrue();
    }

    private static StateRecord record(String partition, int position, int second) {
        return new StateRecord(
                partition, Integer.toString(position), Instant.ofEpochSecond(second), null, new byte[1], Map.of());
    }
}
