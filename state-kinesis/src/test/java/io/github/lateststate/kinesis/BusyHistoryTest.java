package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hundred records a second were written until a while ago: hundreds of gigabytes in all. */
class BusyHistoryTest {

    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final Duration RETENTION = Duration.ofDays(365);
    private static final Duration ANY = Duration.ofDays(1_000);

    @ParameterizedTest
    @CsvSource({"PT2H", "P1D", "P20D", "P100D", "P364D"})
    void theLastRecordIsFoundWithoutReadingAllRecords(Duration age) {
        SimulatedSearch.Result result =
                SimulatedSearch.byLookingBack(new SimulatedHistory(age, PERIOD, RETENTION, ANY));
        assertThat(result.bytes()).isLessThan(200_000_000);
        assertThat(result.time()).isLessThan(Duration.ofMinutes(3));
    }

    /** Reading the first windows again and again would take five times as many reads. */
    @Test
    void idleTimeIsReadOnlyOnce() {
        Duration age = Duration.ofDays(1);
        SimulatedSearch.Result result = SimulatedSearch.byLookingBack(
                new SimulatedHistory(age, PERIOD, Duration.ofDays(7), Duration.ofMinutes(5)));
        long toCrossIt = age.dividedBy(Duration.ofMinutes(5));
        assertThat((long) result.reads()).isLessThan(3 * toCrossIt);
    }

    @ParameterizedTest
    @CsvSource({"PT3H, PT24000H", "PT3H, PT5M", "PT30H, PT24000H", "PT30H, PT5M"})
    void rejectedRecordsAreOfferedOnceNewestFirst(Duration age, Duration crossedByOneRead) {
        SimulatedLoop loop = new SimulatedLoop();
        SimulatedLog log = new SimulatedLog(loop, new SimulatedHistory(age, PERIOD, RETENTION, crossedByOneRead));
        SimulatedInstance instance =
                new SimulatedInstance(loop, log, payload -> Integer.parseInt(payload.strip()) >= 1_000, 1);
        loop.runUntil(instance.sink::isCaughtUp, Duration.ofDays(1));
        List<Integer> offered = instance.sink.offered().stream()
                .map(payload -> Integer.parseInt(payload.strip()))
                .toList();
        assertThat(offered).isEqualTo(IntStream.rangeClosed(1, 1_000).boxed().toList());
        assertThat(instance.sink.breaches()).isEmpty();
    }
}
