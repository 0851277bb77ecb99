package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/**
 * Whatever a shard holds, and however the server pages it: the last acceptable record is found, and no later one is
 * missed.
 */
class HistoryPropertyTest {

    private static final Duration AGE = Duration.ofDays(3);

    private SimulatedLoop loop = new SimulatedLoop();

    @Property(tries = 200)
    void theLastAcceptableRecordIsFoundNewestFirst(
            @ForAll @Size(max = 40) List<@LongRange(min = 1, max = 259_200) Long> ages,
            @ForAll @IntRange(max = 40) int good,
            @ForAll @IntRange(min = 1, max = 50) int pageSize,
            @ForAll @IntRange(min = 30, max = 5_000) int minutesCrossed,
            @ForAll boolean behindByWallClock,
            @ForAll long seed) {
        SimulatedKinesis kinesis = kinesis(pageSize, minutesCrossed, behindByWallClock);
        List<Long> byTime = ages.stream().sorted((a, b) -> Long.compare(b, a)).toList();
        Instant now = loop.now();
        for (int i = 0; i < byTime.size(); i++) {
            kinesis.put("shardId-000000000000", now.minusSeconds(byTime.get(i)), Integer.toString(i + 1));
        }
        SimulatedInstance instance =
                new SimulatedInstance(loop, kinesis, payload -> Integer.parseInt(payload) <= good, seed);
        loop.runUntil(instance.sink::isCaughtUp, Duration.ofHours(2));
        int last = byTime.size();
        List<String> expected = new ArrayList<>();
        for (int i = last; i > Math.min(good, last) - 1 && i > 0; i--) {
            expected.add(Integer.toString(i));
        }
        assertThat(instance.sink.offered()).isEqualTo(expected);
        assertThat(instance.sink.breaches()).isEmpty();
    }

    /** The records are so large that windows begin later than planned. */
    @Property(tries = 60)
    void theLastAcceptableLargeRecordIsFoundNewestFirst(
            @ForAll @Size(max = 30) List<@LongRange(min = 1, max = 259_200) Long> ages,
            @ForAll @IntRange(max = 30) int good,
            @ForAll @IntRange(min = 5, max = 20) int pageSize,
            @ForAll @IntRange(min = 30, max = 5_000) int minutesCrossed,
            @ForAll long seed) {
        SimulatedKinesis kinesis = kinesis(pageSize, minutesCrossed, true);
        List<Long> byTime = ages.stream().sorted((a, b) -> Long.compare(b, a)).toList();
        Instant now = loop.now();
        String padding = " ".repeat(500_000);
        for (int i = 0; i < byTime.size(); i++) {
            kinesis.put("shardId-000000000000", now.minusSeconds(byTime.get(i)), i + 1 + padding);
        }
        SimulatedInstance instance =
                new SimulatedInstance(loop, kinesis, payload -> Integer.parseInt(payload.strip()) <= good, seed);
        loop.runUntil(instance.sink::isCaughtUp, Duration.ofHours(2));
        int last = byTime.size();
        List<Integer> expected = IntStream.iterate(last, i -> i > Math.max(0, Math.min(good, last) - 1), i -> i - 1)
                .boxed()
                .toList();
        assertThat(instance.sink.offered().stream()
                        .map(payload -> Integer.parseInt(payload.strip()))
                        .toList())
                .isEqualTo(expected);
        assertThat(instance.sink.breaches()).isEmpty();
    }

    /** The search goes through the whole history while new records arrive, so both read the same records. */
    @Property(tries = 200)
    void nothingIsMissedOrOfferedTwiceWhileRecordsArrive(
            @ForAll @Size(max = 30) List<@LongRange(min = 1, max = 100_000) Long> ages,
            @ForAll @Size(max = 60) List<@IntRange(max = 3_000) Integer> pauses,
            @ForAll @IntRange(min = 1, max = 10) int pageSize,
            @ForAll @IntRange(min = 30, max = 5_000) int minutesCrossed,
            @ForAll boolean behindByWallClock,
            @ForAll long seed) {
        SimulatedKinesis kinesis = kinesis(pageSize, minutesCrossed, behindByWallClock);
        List<Long> byTime = ages.stream().sorted((a, b) -> Long.compare(b, a)).toList();
        Instant now = loop.now();
        int number = 0;
        for (Long age : byTime) {
            kinesis.put("shardId-000000000000", now.minusSeconds(age), Integer.toString(++number));
        }
        SimulatedInstance instance = new SimulatedInstance(loop, kinesis, payload -> false, seed);
        for (Integer pause : pauses) {
            loop.run(Duration.ofMillis(pause));
            kinesis.put(Integer.toString(++number));
        }
        loop.runUntil(instance.sink::isCaughtUp, Duration.ofHours(2));
        loop.run(Duration.ofSeconds(30));
        assertThat(instance.sink.offered())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, number)
                        .mapToObj(Integer::toString)
                        .toList());
        assertThat(instance.sink.breaches()).isEmpty();
    }

    private SimulatedKinesis kinesis(int pageSize, int minutesCrossed, boolean behindByWallClock) {
        SimulatedKinesis kinesis =
                new SimulatedKinesis(loop, loop.now().minus(AGE).minusSeconds(1));
        kinesis.retentionHours = 24 * 7;
        kinesis.pageSize = pageSize;
        kinesis.crossedByOneRead = Duration.ofMinutes(minutesCrossed);
        kinesis.behindByWallClock = behindByWallClock;
        return kinesis;
    }
}
