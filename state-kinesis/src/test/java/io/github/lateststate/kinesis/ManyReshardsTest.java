package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A shard that was split and merged again, 2,000 times. The paths from its first shard to its last double with each
 * cycle, so a walk along paths would not end. The time limits detect that.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ManyReshardsTest {

    private static final int CYCLES = 2_000;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedKinesis kinesis =
            new SimulatedKinesis(loop, loop.now().minus(Duration.ofHours(1)));
    private final String first = kinesis.openShards().get(0);

    @Test
    void theLookBackFindsARecordOfTheLastShard() {
        reshard(CYCLES);
        kinesis.put("last");
        assertThat(caughtUp().sink.accepted()).containsExactly("last");
    }

    @Test
    void theLookBackFindsARecordOfTheFirstShardBeforeThousandsOfEmptyOnes() {
        kinesis.put(first, loop.now().minus(Duration.ofMinutes(50)), "first");
        reshard(CYCLES);
        SimulatedInstance instance = caughtUp();
        assertThat(instance.sink.accepted()).containsExactly("first");
        kinesis.put("next");
        loop.runUntil(() -> instance.sink.accepted().equals(List.of("first", "next")), SOON);
    }

    @Test
    void aRecordInTheMiddleIsOfferedBeforeAnOlderOne() {
        kinesis.put(first, loop.now().minus(Duration.ofMinutes(50)), "old");
        reshard(20, loop.now().minus(Duration.ofMinutes(40)));
        kinesis.put(kinesis.openShards().get(0), loop.now().minus(Duration.ofMinutes(30)), "newer");
        reshard(20, loop.now().minus(Duration.ofMinutes(20)));
        assertThat(caughtUp().sink.offered()).containsExactly("newer");
    }

    @Test
    void followingLosesNothingAndForgetsShardsThatAreNoLongerListed() {
        SimulatedInstance instance = caughtUp();
        for (int cycle = 1; cycle <= CYCLES; cycle++) {
            reshard(1);
            kinesis.put(Integer.toString(cycle));
            String value = Integer.toString(cycle);
            loop.runUntil(() -> instance.sink.accepted().contains(value), SOON);
            kinesis.expireClosed();
        }
        assertThat(instance.sink.offered())
                .isEqualTo(IntStream.rangeClosed(1, CYCLES)
                        .mapToObj(Integer::toString)
                        .toList());
        loop.run(SOON);
        assertThat(instance.knownShards()).isLessThan(20);
        assertThat(instance.sink.interruptions()).isEmpty();
        assertThat(instance.sink.breaches()).isEmpty();
    }

    private SimulatedInstance caughtUp() {
        SimulatedInstance instance = new SimulatedInstance(loop, kinesis, payload -> true, 1);
        loop.runUntil(instance.sink::isCaughtUp, SOON);
        assertThat(instance.sink.breaches()).isEmpty();
        return instance;
    }

    private void reshard(int cycles) {
        reshard(cycles, loop.now());
    }

    private void reshard(int cycles, Instant at) {
        for (int i = 0; i < cycles; i++) {
            List<SimulatedShard> halves = kinesis.split(kinesis.openShards().get(0), at);
            kinesis.merge(halves.get(0).id, halves.get(1).id, at);
        }
    }
}
