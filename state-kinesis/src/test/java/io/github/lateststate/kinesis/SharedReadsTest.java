package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many instances start at once and share the five reads a second of one shard. 50 instances with 3 windows each need 30
 * s for their iterators alone. If they knew of one another, each could read every 10 s.
 */
class SharedReadsTest {

    private static final int ROUNDS = 20;

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedKinesis kinesis =
            new SimulatedKinesis(loop, loop.now().minus(Duration.ofDays(1)));

    @ParameterizedTest
    @CsvSource({
        "1, 1, PT3S, PT2S",
        "5, 2, PT15S, PT6S",
        "20, 3, PT2M, PT30S",
        "50, 4, PT4M, PT60S",
        "50, 5, PT4M, PT60S",
        "50, 6, PT4M, PT60S"
    })
    void allInstancesGetTheStateAndNoneStarvesWithinFiveCallsASecond(
            int instances, long seed, Duration allReady, Duration allHaveIt) {
        kinesis.put("shardId-000000000000", loop.now().minus(Duration.ofHours(3)), "0");
        List<SimulatedInstance> all = IntStream.range(0, instances)
                .mapToObj(i -> new SimulatedInstance(loop, kinesis, payload -> true, seed * 1_000 + i))
                .toList();
        loop.runUntil(() -> all.stream().allMatch(instance -> instance.sink.isCaughtUp()), allReady);
        assertThat(all).allSatisfy(one -> assertThat(one.sink.accepted()).containsExactly("0"));

        loop.run(Duration.ofMinutes(10)); // they find their pace; until then one of many may get nothing for a minute
        int interruptions = interruptions(all);
        Instant begin = loop.now();
        int before = readCalls();
        for (int round = 1; round <= ROUNDS; round++) {
            String payload = Integer.toString(round);
            kinesis.put(payload);
            loop.runUntil(
                    () -> all.stream()
                            .allMatch(instance -> instance.sink.accepted().contains(payload)),
                    allHaveIt);
            loop.run(Duration.ofSeconds(30));
        }
        double seconds = Duration.between(begin, loop.now()).toMillis() / 1e3;
        assertThat((readCalls() - before) / seconds).isLessThanOrEqualTo(5.0);
        assertThat(interruptions(all)).isEqualTo(interruptions);
        assertThat(all).allSatisfy(one -> assertThat(one.sink.breaches()).isEmpty());
    }

    /** There are more instances than {@link Pace#MOST} has room for. Reading in turns would take them 200 s. */
    @Test
    void noneOfAThousandInstancesStarves() {
        SimulatedHerd.Result seen = SimulatedHerd.ofInstances(1_000, 2, 8_000);
        assertThat(seen.first()).hasSize(1_000).allMatch(isWithin(Duration.ofSeconds(2_000)));
        assertThat(seen.updates())
                .hasSize(2)
                .allSatisfy(update -> assertThat(update).hasSize(1_000).allMatch(isWithin(Duration.ofSeconds(1_000))));
    }

    private static int interruptions(List<SimulatedInstance> all) {
        return all.stream().mapToInt(one -> one.sink.interruptions().size()).sum();
    }

    private static Predicate<Duration> isWithin(Duration most) {
        return time -> time.compareTo(most) <= 0;
    }

    /** Successful and throttled calls. */
    private int readCalls() {
        return kinesis.calls(SimulatedCall.RECORDS) + kinesis.throttled.getOrDefault(SimulatedCall.RECORDS, 0);
    }
}
