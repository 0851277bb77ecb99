package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fifty instances that share one shard's five reads a second, in simulated time. */
class ManyInstancesTest {

    private static final int INSTANCES = 50;

    /** Fifty iterators take ten seconds at least, and half of all calls may be turned away meanwhile. */
    private static final Duration START = Duration.ofMinutes(2);

    /** The fair interval is ten seconds; nobody may need many times that. */
    private static final Duration NEWS = Duration.ofMinutes(2);

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedStream stream = new SimulatedStream("models", loop).throttled();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void allOfThemGetTheStateAndNoneStarves(long seed) {
        stream.put(loop.now().minus(Duration.ofHours(1)), "first");
        List<SimulatedInstance> instances = start(seed);
        loop.runFor(START);
        assertThat(instances)
                .allSatisfy(instance -> assertThat(instance.sink().accepted()).containsExactly("first"));
        for (int round = 0; round < 10; round++) {
            String news = "news " + round;
            stream.put(loop.now(), news);
            loop.runFor(NEWS);
            assertThat(instances)
                    .allSatisfy(
                            instance -> assertThat(instance.sink().accepted()).endsWith(news));
        }
        instances.forEach(instance -> assertThat(instance.sink().interruptions())
                .as("throttling is no outage")
                .isEmpty());
        instances.forEach(SimulatedInstance::stop);
    }

    @Test
    void togetherTheyStayWithinFiveReadsASecond() {
        List<SimulatedInstance> instances = start(1);
        loop.runFor(Duration.ofMinutes(10));
        int readsBefore = reads(instances);
        int throttledBefore = throttled(instances);
        Duration time = Duration.ofMinutes(30);
        loop.runFor(time);
        int reads = reads(instances) - readsBefore;
        int throttled = throttled(instances) - throttledBefore;
        assertThat(reads).as("reads asked for").isLessThan(5 * (int) time.toSeconds());
        assertThat(throttled).as("of which turned away").isLessThan(reads / 4);
    }

    @Test
    void whoIsAloneAgainReadsOftenAgain() {
        List<SimulatedInstance> instances = start(1);
        loop.runFor(Duration.ofMinutes(10));
        instances.subList(1, INSTANCES).forEach(SimulatedInstance::stop);
        loop.runFor(Duration.ofMinutes(30));
        int before = instances.get(0).calls().reads();
        loop.runFor(Duration.ofMinutes(1));
        assertThat(instances.get(0).calls().reads() - before).isGreaterThan(40);
    }

    private List<SimulatedInstance> start(long seed) {
        return LongStream.range(0, INSTANCES)
                .mapToObj(i -> new SimulatedInstance(stream, loop, seed * 1_000 + i).start())
                .toList();
    }

    private static int reads(List<SimulatedInstance> instances) {
        return instances.stream().mapToInt(instance -> instance.calls().reads()).sum();
    }

    private static int throttled(List<SimulatedInstance> instances) {
        return instances.stream()
                .mapToInt(instance -> instance.calls().throttled())
                .sum();
    }
}
