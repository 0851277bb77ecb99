package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another reader takes all reads of a shard for a while, in simulated time. */
class AllReadsTakenTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedKinesis kinesis =
            new SimulatedKinesis(loop, loop.now().minus(Duration.ofDays(1)));

    @ParameterizedTest
    @CsvSource({"PT20S, 1", "PT30S, 2", "PT60S, 3", "PT120S, 4", "PT120S, 5", "PT1H, 6"})
    void valuesAreFoundWithinTenSecondsAfterTheOtherReaderStops(Duration taken, long seed) {
        SimulatedInstance instance = started(seed);
        loop.runUntil(instance.sink::isCaughtUp, SOON);
        loop.run(Duration.ofMinutes(1));
        allReadsAreTakenFor(taken);
        assertThatValuesAreFoundSoon(instance);
    }

    @ParameterizedTest
    @CsvSource({"PT20S, 1", "PT30S, 2", "PT60S, 3", "PT120S, 4", "PT1H, 5"})
    void valuesAreFoundInTimeIfTheOtherReaderBeganBeforeTheLookBack(Duration taken, long seed) {
        SimulatedInstance instance = started(seed);
        allReadsAreTakenFor(taken);
        assertThatValuesAreFoundSoon(instance);
    }

    /** The window that holds the record is the third. */
    @ParameterizedTest
    @CsvSource({"PT15S, 1", "PT20S, 2", "PT30S, 3", "PT60S, 4", "PT120S, 5", "PT1H, 6"})
    void aLookBackEndsWithinTenSecondsAfterTheOtherReaderStops(Duration taken, long seed) {
        kinesis.put(kinesis.openShards().get(0), loop.now().minus(Duration.ofHours(3)), "0");
        SimulatedInstance instance = started(seed);
        allReadsAreTakenFor(taken);
        loop.runUntil(instance.sink::isCaughtUp, SOON);
        assertThat(instance.sink.accepted()).containsExactly("0");
    }

    @ParameterizedTest
    @CsvSource({"PT15S, 1", "PT20S, 2", "PT30S, 3", "PT40S, 4", "PT40S, 5", "PT40S, 6"})
    void aLookBackEndsInTimeIfMostCallsWereThrottled(Duration time, long seed) {
        kinesis.put(kinesis.openShards().get(0), loop.now().minus(Duration.ofHours(3)), "0");
        kinesis.throttledOfTen = 9;
        SimulatedInstance instance = started(seed);
        loop.run(time);
        kinesis.throttledOfTen = 0;
        Duration took = loop.runUntil(instance.sink::isCaughtUp, SOON);
        kinesis.put("1");
        loop.runUntil(
                () -> instance.sink.accepted().contains("1"), SOON.minus(took).plusSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5"})
    void anotherReaderThatNeverStopsInterruptsTheStateWithin75Seconds(long seed) {
        SimulatedInstance instance = started(seed);
        loop.runUntil(instance.sink::isCaughtUp, SOON);
        loop.run(Duration.ofMinutes(1));
        kinesis.hogged = true;
        Instant begin = loop.now();
        loop.run(Duration.ofSeconds(50));
        assertThat(instance.sink.interruptions()).isEmpty();
        loop.runUntil(() -> !instance.sink.isInContact(), Duration.ofSeconds(60));
        assertThat(Duration.between(begin, loop.now())).isLessThanOrEqualTo(Duration.ofSeconds(75));
    }

    private SimulatedInstance started(long seed) {
        return new SimulatedInstance(loop, kinesis, payload -> true, seed);
    }

    private void allReadsAreTakenFor(Duration time) {
        kinesis.hogged = true;
        loop.run(time);
        kinesis.hogged = false;
    }

    private void assertThatValuesAreFoundSoon(SimulatedInstance instance) {
        for (int i = 1; i <= 5; i++) {
            String value = Integer.toString(i);
            kinesis.put(value);
            loop.runUntil(() -> instance.sink.accepted().contains(value), SOON);
            loop.run(Duration.ofSeconds(3));
        }
    }
}
