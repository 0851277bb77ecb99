package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Streams with few records in a long time, in simulated time. */
class SparseStreamTest {

    private static final String SHARD = "shardId-000000000000";
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedKinesis server =
            new SimulatedKinesis(loop, loop.now().minus(Duration.ofDays(364)));

    @Test
    void theRecordBehindAThousandEmptyPagesIsFound() {
        server.crossedByOneRead = Duration.ofSeconds(10);
        server.put(SHARD, loop.now().minus(Duration.ofMinutes(200)), "last"); // the fourth window is 384 min
        SimulatedInstance instance = start();
        loop.runUntil(instance.sink::isCaughtUp, PATIENCE);
        assertThat(instance.sink.lookedBackThrough()).contains(List.of("last"));
        assertThat(server.calls(SimulatedCall.RECORDS)).isGreaterThan(1_000);
        assertThat(server.calls(SimulatedCall.ITERATOR)).isEqualTo(4);
    }

    @Test
    void aStreamOfAThousandEmptyPagesIsEmpty() {
        server.crossedByOneRead = Duration.ofSeconds(10);
        server.retentionHours = 6;
        SimulatedInstance instance = start();
        loop.runUntil(instance.sink::isCaughtUp, PATIENCE);
        assertThat(instance.sink.offered()).isEmpty();
        assertThat(server.calls(SimulatedCall.RECORDS)).isGreaterThan(1_000);
    }

    @Test
    void aRecordThatArrivesDuringALongLookBackEndsIt() {
        SimulatedInstance instance = startWithARecordOf(Duration.ofDays(300));
        loop.run(Duration.ofMinutes(10));
        assertThat(instance.sink.isCaughtUp()).isFalse();
        server.put("new");
        loop.run(Duration.ofSeconds(30));
        assertThat(instance.sink.isCaughtUp()).isTrue();
        assertThat(instance.sink.accepted()).containsExactly("new");
    }

    @Test
    void theIteratorAtTheTipOutlivesALongLookBack() {
        SimulatedInstance instance = startWithARecordOf(Duration.ofDays(30));
        loop.runUntil(instance.sink::isCaughtUp, PATIENCE);
        assertThat(instance.sink.accepted()).containsExactly("old");
        server.put("new");
        loop.run(Duration.ofSeconds(30));
        assertThat(instance.sink.accepted()).containsExactly("old", "new");
        assertThat(instance.sink.interruptions()).isEmpty();
        assertThat(server.starts).noneMatch(Start.After.class::isInstance);
    }

    @Test
    void followingAnIdleStreamForDaysMissesNothing() {
        SimulatedInstance instance = start();
        loop.run(Duration.ofDays(1));
        server.put("last");
        loop.run(Duration.ofSeconds(30));
        assertThat(instance.sink.accepted()).containsExactly("last");
        assertThat(instance.sink.interruptions()).isEmpty();
    }

    private SimulatedInstance startWithARecordOf(Duration age) {
        server.crossedByOneRead = Duration.ofMinutes(5);
        server.retentionHours = 365 * 24;
        server.put(SHARD, loop.now().minus(age), "old");
        return start();
    }

    private SimulatedInstance start() {
        return new SimulatedInstance(loop, server, payload -> true, 1);
    }
}
