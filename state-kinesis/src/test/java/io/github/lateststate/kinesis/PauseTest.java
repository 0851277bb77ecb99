package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A session pauses after an undecided record and after a bug, and reads nothing meanwhile. */
class PauseTest {

    private static final String DECODER = "waiting for the decoder";
    private static final String RETRY = "waiting to retry";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedKinesis kinesis =
            new SimulatedKinesis(loop, loop.now().minus(Duration.ofHours(2)));
    private final RecordingSink sink = new RecordingSink(this::isAcceptable);
    private boolean broken;

    @Test
    void thePausesForADecoderBeginAgainAfterContact() {
        SimulatedInstance instance = following();
        sink.leaveUndecided(payload -> true);
        kinesis.put("one");
        assertThat(nextPause(instance, DECODER)).isLessThanOrEqualTo(Duration.ofMillis(200));
        loop.run(Duration.ofMinutes(1));
        assertThat(nextPause(instance, DECODER)).isGreaterThan(Duration.ofSeconds(2));
        sink.leaveUndecided(payload -> false);
        loop.runUntil(() -> sink.accepted().contains("one") && isFollowing(instance), SOON);
        sink.leaveUndecided(payload -> true);
        kinesis.put("two");
        assertThat(nextPause(instance, DECODER)).isLessThanOrEqualTo(Duration.ofMillis(200));
    }

    /** Each look-back takes several reads before it comes to the record. They are contact, but nothing is decided. */
    @Test
    void thePausesForADecoderGrowWhateverTheAgeOfTheRecord() {
        sink.leaveUndecided(payload -> true);
        kinesis.put(kinesis.openShards().get(0), loop.now().minus(Duration.ofMinutes(110)), "one");
        SimulatedInstance instance = new SimulatedInstance(loop, kinesis, null, sink, 1);
        loop.run(Duration.ofMinutes(1));
        assertThat(nextPause(instance, DECODER)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(sink.breaches()).isEmpty();
    }

    @Test
    void thePausesAfterABugGrowUntilThereIsContact() {
        SimulatedInstance instance = following();
        broken = true;
        for (int i = 0; i < 5; i++) {
            kinesis.put("one");
            nextPause(instance, RETRY);
        }
        kinesis.put("two");
        assertThat(nextPause(instance, RETRY)).isGreaterThan(Duration.ofSeconds(4));
        broken = false;
        loop.runUntil(() -> sink.isInContact() && isFollowing(instance), SOON);
        broken = true;
        kinesis.put("three");
        assertThat(nextPause(instance, RETRY)).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aSecondFailureReplacesThePauseAndForgetsNothing() {
        SimulatedInstance instance = following();
        sink.leaveUndecided(payload -> true);
        kinesis.put("one");
        loop.runUntil(() -> DECODER.equals(instance.progress.get()), SOON);
        int described = kinesis.calls(SimulatedCall.DESCRIBE);
        instance.fail(new IllegalStateException("a bug"));
        sink.leaveUndecided(payload -> false);
        loop.run(SOON);
        assertThat(sink.accepted()).containsExactly("one");
        assertThat(kinesis.calls(SimulatedCall.DESCRIBE)).isEqualTo(described + 1);
        assertThat(sink.breaches()).isEmpty();
    }

    @Test
    void aStoppedSessionDoesNotSubscribe() {
        SimulatedConsumers consumers = new SimulatedConsumers(loop);
        consumers.quota = 0;
        SimulatedInstance instance = following(consumers);
        instance.stop();
        consumers.quota = 1;
        loop.run(Duration.ofMinutes(10));
        assertThat(consumers.tagsByName).hasSize(1);
        assertThat(consumers.subscriptions).isZero();
    }

    @Test
    void aParentThatHasExpiredIsNotReadAgain() {
        kinesis.put("one");
        SimulatedInstance instance = following();
        kinesis.split(kinesis.openShards().get(0), loop.now());
        loop.runUntil(() -> "following 2 shards".equals(instance.progress.get()), SOON);
        kinesis.expireClosed();
        loop.run(SOON);
        sink.leaveUndecided(payload -> true);
        kinesis.put("bad two");
        nextPause(instance, DECODER);
        sink.leaveUndecided(payload -> false);
        loop.runUntil(() -> sink.offered().contains("bad two"), SOON);
        int described = kinesis.calls(SimulatedCall.DESCRIBE);
        loop.run(SOON);
        assertThat(kinesis.calls(SimulatedCall.DESCRIBE)).isEqualTo(described);
        assertThat(sink.isInContact()).isTrue();
        assertThat(sink.breaches()).isEmpty();
    }

    private SimulatedInstance following() {
        return following(null);
    }

    private SimulatedInstance following(@Nullable ConsumerCalls consumerCalls) {
        SimulatedInstance instance = new SimulatedInstance(loop, kinesis, consumerCalls, sink, 1);
        loop.runUntil(() -> sink.isCaughtUp() && isFollowing(instance), SOON);
        return instance;
    }

    private static boolean isFollowing(SimulatedInstance instance) {
        return String.valueOf(instance.progress.get()).startsWith("following");
    }

    private Duration nextPause(SimulatedInstance instance, String doing) {
        loop.runUntil(() -> !doing.equals(instance.progress.get()), SOON);
        loop.runUntil(() -> doing.equals(instance.progress.get()), SOON);
        return loop.runUntil(() -> !doing.equals(instance.progress.get()), SOON);
    }

    private boolean isAcceptable(String payload) {
        if (broken) {
            throw new IllegalStateException("a bug");
        }
        return !payload.startsWith("bad");
    }
}
