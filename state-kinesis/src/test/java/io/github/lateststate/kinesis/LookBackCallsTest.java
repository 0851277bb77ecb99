package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many calls it takes to find the last record. */
class LookBackCallsTest {

    private final SimulatedLoop loop = new SimulatedLoop();

    @ParameterizedTest
    @CsvSource({"PT1S, 1, 2", "PT1H, 2, 3", "P3D, 4, 5", "P100D, 6, 7"})
    void aLookBackTakesFewCallsIfOneReadCrossesAnyIdleRegion(Duration age, int iterators, int reads) {
        SimulatedKinesis kinesis = written(age);
        SimulatedInstance instance = follow(kinesis);
        assertThat(instance.sink.lookedBackThrough().orElseThrow()).containsExactly("1");
        assertThat(kinesis.calls(SimulatedCall.ITERATOR)).isEqualTo(iterators);
        assertThat(kinesis.calls(SimulatedCall.RECORDS)).isEqualTo(reads);
    }

    /** In both cases the page with the record does not count as the last one. */
    @ParameterizedTest
    @CsvSource({"PT1S, 1, 2", "PT1H, 2, 3", "P3D, 4, 5", "P100D, 6, 7"})
    void aDistanceToTheTipThatGrowsWithTheClockCostsNoMoreCalls(Duration age, int iterators, int reads) {
        SimulatedKinesis kinesis = written(age);
        kinesis.behindByWallClock = true;
        follow(kinesis);
        assertThat(kinesis.calls(SimulatedCall.ITERATOR)).isEqualTo(iterators);
        assertThat(kinesis.calls(SimulatedCall.RECORDS)).isEqualTo(reads);
    }

    @Test
    void aYoungStreamIsReadFromItsFirstRecordAtOnce() {
        SimulatedKinesis kinesis = new SimulatedKinesis(loop, loop.now().minusSeconds(60));
        follow(kinesis);
        assertThat(kinesis.starts).containsExactly(new Start.Horizon());
        assertThat(kinesis.calls(SimulatedCall.RECORDS)).isEqualTo(1);
    }

    /** 5 hours are 60 reads of 5 minutes. The windows before them take 2 + 6 + 20. */
    @Test
    void windowsGrowLessIfOneReadMovesByMinutes() {
        SimulatedKinesis kinesis = written(Duration.ofHours(5));
        kinesis.crossedByOneRead = Duration.ofMinutes(5);
        Duration took = loop.runUntil(new Following(kinesis)::isCaughtUp, Duration.ofMinutes(2));
        assertThat(kinesis.calls(SimulatedCall.ITERATOR)).isEqualTo(4);
        assertThat(kinesis.calls(SimulatedCall.RECORDS)).isBetween(90, 120);
        assertThat(took).isLessThan(Duration.ofMinutes(1));
    }

    /** Starts an instance when it is created. */
    private final class Following {

        private final SimulatedInstance instance;

        Following(SimulatedKinesis kinesis) {
            instance = new SimulatedInstance(loop, kinesis, payload -> true, 1);
        }

        boolean isCaughtUp() {
            return instance.sink.isCaughtUp();
        }
    }

    private SimulatedKinesis written(Duration age) {
        SimulatedKinesis kinesis = new SimulatedKinesis(loop, loop.now().minus(Duration.ofDays(364)));
        kinesis.retentionHours = 365 * 24;
        kinesis.put("shardId-000000000000", loop.now().minus(age), "1");
        return kinesis;
    }

    private SimulatedInstance follow(SimulatedKinesis kinesis) {
        SimulatedInstance instance = new SimulatedInstance(loop, kinesis, payload -> true, 1);
        loop.runUntil(instance.sink::isCaughtUp, Duration.ofSeconds(10));
        return instance;
    }
}
