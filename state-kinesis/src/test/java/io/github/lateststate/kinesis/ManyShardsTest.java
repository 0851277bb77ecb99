package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** Memory does not grow with the number of shards: few pages are under way at once, and every shard gets its turn. */
class ManyShardsTest {

    private static final int DOUBLINGS = 6;
    private static final Duration SOON = Duration.ofMinutes(3);

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedKinesis kinesis =
            new SimulatedKinesis(loop, loop.now().minus(Duration.ofHours(1)));
    private final List<String> written = new ArrayList<>();

    ManyShardsTest() {
        for (int i = 0; i < DOUBLINGS; i++) {
            kinesis.openShards()
                    .forEach(shard -> kinesis.split(shard, loop.now().minus(Duration.ofMinutes(30))));
        }
        kinesis.latency = Duration.ofSeconds(1);
        putInEachShard();
    }

    @Test
    void fewPagesAreUnderWayAtOnceAndEachShardIsRead() {
        SimulatedInstance instance = new SimulatedInstance(loop, kinesis, payload -> true, 1);
        loop.runUntil(instance.sink::isCaughtUp, SOON);
        assertThat(instance.sink.accepted()).containsExactlyInAnyOrderElementsOf(written);
        putInEachShard();
        loop.runUntil(() -> instance.sink.accepted().containsAll(written), SOON);
        assertThat(kinesis.mostReadsUnderWay).isEqualTo(ReadLimit.MOST);
        assertThat(instance.sink.breaches()).isEmpty();
    }

    @Test
    void noTurnIsLostWhenReadsFailOrTheSessionBeginsAgain() {
        SimulatedInstance instance = new SimulatedInstance(loop, kinesis, payload -> true, 2);
        loop.runUntil(() -> kinesis.readsUnderWay == ReadLimit.MOST, SOON);
        for (int i = 0; i < 3 * ReadLimit.MOST; i++) {
            kinesis.fail(SimulatedCall.RECORDS, new IllegalStateException("scripted"));
        }
        loop.runUntil(instance.sink::isCaughtUp, SOON);
        for (int i = 0; i < 3; i++) {
            int before = kinesis.calls(SimulatedCall.DESCRIBE);
            kinesis.fail(
                    SimulatedCall.LIST,
                    ResourceNotFoundException.builder().message("scripted").build());
            loop.runUntil(() -> kinesis.calls(SimulatedCall.DESCRIBE) > before, SOON);
        }
        putInEachShard();
        loop.runUntil(() -> instance.sink.accepted().containsAll(written), SOON);
        assertThat(kinesis.mostReadsUnderWay).isEqualTo(ReadLimit.MOST);
        assertThat(instance.sink.breaches()).isEmpty();
    }

    private void putInEachShard() {
        for (String shard : kinesis.openShards()) {
            written.add(Integer.toString(written.size()));
            kinesis.put(shard, loop.now(), written.get(written.size() - 1));
        }
    }
}
