package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another million records, which the state does not want, came after the wanted one. */
class PassedOverTest {

    private static final int DISTANCE = 1_000_000;

    /** Over 17 minutes, 3 hours or 12 days. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 1_000})
    void theLookBackReadsAtMostFourTimesTheDistance(int millisBetween) {
        SimulatedLoop loop = new SimulatedLoop();
        SimulatedLog log = new SimulatedLog(
                loop,
                new SimulatedHistory(
                        Duration.ofMinutes(1),
                        Duration.ofMillis(millisBetween),
                        Duration.ofDays(365),
                        Duration.ofDays(1_000)));
        RecordingSink sink = new RecordingSink(payload -> true);
        sink.only(payload -> payload.strip().equals(String.valueOf(DISTANCE)));

        SimulatedInstance instance = new SimulatedInstance(loop, log, null, sink, 1);
        loop.runUntil(sink::isCaughtUp, Duration.ofDays(1));
        instance.stop();

        assertThat(sink.offered()).singleElement().asString().isEqualToIgnoringWhitespace(String.valueOf(DISTANCE));
        assertThat(log.bytes / SimulatedLog.RECORD_BYTES).isBetween((long) DISTANCE, 4L * DISTANCE);
        assertThat(sink.breaches()).isEmpty();
    }
}
