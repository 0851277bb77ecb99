package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An instance that was throttled because of many others, in simulated time. */
class AloneAgainTest {

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedKinesis server =
            new SimulatedKinesis(loop, loop.now().minus(Duration.ofDays(1)));

    @Test
    void anInstanceReadsOftenAgainWhenTheOthersHaveGone() {
        List<SimulatedInstance> instances = IntStream.range(0, 50)
                .mapToObj(i -> new SimulatedInstance(loop, server, payload -> true, i))
                .toList();
        loop.run(Duration.ofMinutes(10));
        instances.subList(1, instances.size()).forEach(SimulatedInstance::stop);
        loop.run(Duration.ofMinutes(30));
        int before = server.calls(SimulatedCall.RECORDS);
        loop.run(Duration.ofMinutes(1));
        assertThat(server.calls(SimulatedCall.RECORDS) - before).isBetween(40, 80);
    }
}
