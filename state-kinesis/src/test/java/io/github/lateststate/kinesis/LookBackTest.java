package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More records are rejected than are kept at a time. {@link HistoryPropertyTest} tests random histories. */
class LookBackTest {

    private static final int RECORDS = 5 * LookBack.KEPT_RECORDS;

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedKinesis kinesis =
            new SimulatedKinesis(loop, loop.now().minus(Duration.ofHours(2)));

    /** The time between them: none, a second, or several. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1_000, 5_000})
    void eachRecordIsOfferedOnceNewestFirst(int millisBetween) {
        Instant first = loop.now().minus(Duration.ofMinutes(110));
        for (int i = 1; i <= RECORDS; i++) {
            kinesis.put("shardId-000000000000", first.plusMillis((long) i * millisBetween), Integer.toString(i));
        }
        SimulatedInstance instance = new SimulatedInstance(loop, kinesis, payload -> Integer.parseInt(payload) <= 3, 1);
        loop.runUntil(instance.sink::isCaughtUp, Duration.ofMinutes(10));
        List<String> expected = IntStream.rangeClosed(3, RECORDS)
                .mapToObj(i -> Integer.toString(RECORDS + 3 - i))
                .toList();
        assertThat(instance.sink.offered()).isEqualTo(expected);
        assertThat(instance.sink.breaches()).isEmpty();
    }
}
