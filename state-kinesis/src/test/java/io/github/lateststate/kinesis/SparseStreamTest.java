package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams that hold little in much time, in simulated time. */
class SparseStreamTest {

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedStream stream = new SimulatedStream("models", loop);
    private final SimulatedInstance instance = new SimulatedInstance(stream, loop, 1);

    @AfterEach
    void stop() {
        instance.stop();
    }

    @Test
    void aThousandEmptyPagesBeforeTheDataAreReadThrough() {
        stream.stride(Duration.ofSeconds(10)).put(ago(Duration.ofMinutes(200)), "last"); // the fourth window is 384 min
        instance.start();
        loop.runUntil(() -> instance.sink().isCaughtUp());
        assertThat(instance.sink().lookedBackThrough()).contains(List.of("last"));
        assertThat(instance.calls().reads()).isGreaterThan(1_000);
        assertThat(instance.calls().iterators()).isEqualTo(4);
    }

    @Test
    void aThousandEmptyPagesWithoutDataAreAnEmptyStream() {
        stream.stride(Duration.ofSeconds(10)).retention(Duration.ofHours(6));
        instance.start();
        loop.runUntil(() -> instance.sink().isCaughtUp());
        assertThat(instance.sink().offered()).isEmpty();
        assertThat(instance.calls().reads()).isGreaterThan(1_000);
    }

    @Test
    void aRecordThatArrivesDuringALongLookBackIsTakenAtOnce() {
        stream.stride(Duration.ofMinutes(5)).put(ago(Duration.ofDays(300)), "old");
        instance.start();
        loop.runFor(Duration.ofMinutes(10));
        assertThat(instance.sink().isCaughtUp()).isFalse();
        stream.put(loop.now(), "new");
        loop.runFor(Duration.ofSeconds(30));
        assertThat(instance.sink().isCaughtUp()).isTrue();
        assertThat(instance.sink().accepted()).containsExactly("new");
    }

    @Test
    void aTipIteratorOutlivesALongLookBack() {
        stream.stride(Duration.ofMinutes(5)).put(ago(Duration.ofDays(30)), "old");
        instance.start();
        loop.runUntil(() -> instance.sink().isCaughtUp());
        assertThat(instance.sink().accepted()).containsExactly("old");
        stream.put(loop.now(), "new");
        loop.runFor(Duration.ofSeconds(30));
        assertThat(instance.sink().accepted()).containsExactly("old", "new");
        assertThat(instance.sink().interruptions()).isEmpty();
    }

    @Test
    void followingAnIdleStreamForDaysMissesNothing() {
        instance.start();
        loop.runFor(Duration.ofDays(3));
        stream.put(loop.now(), "last");
        loop.runFor(Duration.ofSeconds(30));
        assertThat(instance.sink().accepted()).containsExactly("last");
        assertThat(instance.sink().interruptions()).isEmpty();
    }

    private Instant ago(Duration time) {
        return loop.now().minus(time);
    }
}
