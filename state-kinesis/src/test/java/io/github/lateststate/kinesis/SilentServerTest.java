package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that does not answer some or all calls for a while, in simulated time. */
class SilentServerTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedKinesis kinesis =
            new SimulatedKinesis(loop, loop.now().minus(Duration.ofDays(1)));

    @ParameterizedTest
    @MethodSource("silences")
    void aFollowerIsLiveWithTheNewestValueSoonAfterTheSilence(Set<SimulatedCall> calls, Duration time, long seed) {
        SimulatedInstance instance = started(seed);
        loop.runUntil(instance.sink::isCaughtUp, SOON);
        loop.run(Duration.ofSeconds(20).plusMillis(new Random(seed).nextInt(5_000)));
        silent(calls, time);
        kinesis.put("1");
        loop.runUntil(() -> instance.sink.accepted().contains("1") && instance.sink.isInContact(), SOON);
    }

    @ParameterizedTest
    @MethodSource("silences")
    void aLookBackHasTheNewestValueSoonAfterTheSilence(Set<SimulatedCall> calls, Duration time, long seed) {
        SimulatedInstance instance = started(seed);
        silent(calls, time);
        loop.runUntil(() -> instance.sink.isCaughtUp() && instance.sink.isInContact(), SOON);
        assertThat(instance.sink.accepted()).containsExactly("0");
    }

    static Stream<Arguments> silences() {
        return Stream.of(
                        EnumSet.allOf(SimulatedCall.class),
                        EnumSet.of(SimulatedCall.RECORDS),
                        EnumSet.of(SimulatedCall.ITERATOR),
                        EnumSet.of(SimulatedCall.LIST),
                        EnumSet.of(SimulatedCall.DESCRIBE),
                        EnumSet.of(SimulatedCall.ITERATOR, SimulatedCall.RECORDS))
                .flatMap(calls -> Stream.of(7, 12, 23, 40, 90, 600)
                        .map(seconds -> Arguments.of(calls, Duration.ofSeconds(seconds), seconds)));
    }

    private SimulatedInstance started(long seed) {
        kinesis.put(kinesis.openShards().get(0), loop.now().minus(Duration.ofHours(3)), "0");
        return new SimulatedInstance(loop, kinesis, payload -> true, seed);
    }

    private void silent(Set<SimulatedCall> calls, Duration time) {
        kinesis.silent.addAll(calls);
        loop.run(time);
        kinesis.silent.clear();
    }
}
