package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records within an aggregate are offered newest first, like records in a shard. Records of other shards are passed
 * over.
 */
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class AggregatedRecordsTest {

    private static final BigInteger LOW = BigInteger.ONE;
    private static final BigInteger HIGH = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.TWO);

    @RegisterExtension
    final Followers followers = new Followers();

    private final ScriptedStream stream = new ScriptedStream("models", InstantSource.system());
    private final ScriptedKinesis server = new ScriptedKinesis(stream);

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3_600, 7 * 86_400})
    void theLookBackAcceptsTheNewestRecordThatCanBeDecoded(long age) {
        Instant then = Instant.now().minusSeconds(age);
        put(0, then.minusSeconds(age), KplAggregate.of("zero"));
        put(0, then, KplAggregate.of("one", "two", "bad three", "bad four"));
        RecordingSink sink = follow("polling");
        assertThat(sink.lookedBackThrough()).contains(List.of("bad four", "bad three", "two"));
        assertThat(sink.accepted()).containsExactly("two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "enhanced"})
    void followingAcceptsTheNewestRecordThatCanBeDecoded(String fanOut) {
        put(0, Instant.now().minusSeconds(60), KplAggregate.of("one", "bad two"));
        RecordingSink sink = follow(fanOut);
        awaitFollowing(fanOut);
        put(0, Instant.now(), KplAggregate.of("three", "four", "bad five"));
        awaitThat(() -> sink.accepted().equals(List.of("one", "four")));
        put(0, Instant.now(), KplAggregate.of("bad six", "bad seven"));
        put(0, Instant.now(), KplAggregate.of("eight"));
        awaitThat(() -> sink.accepted().equals(List.of("one", "four", "eight")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "enhanced"})
    void aRecordWithTheHashKeyOfAnotherShardIsPassedOver(String fanOut) {
        stream.split(stream.openShards().get(0), Instant.now().minusSeconds(600));
        put(0, Instant.now().minusSeconds(60), KplAggregate.withHashKeys(List.of(LOW, HIGH), "one", "other"));
        put(1, Instant.now().minusSeconds(90), KplAggregate.withHashKeys(List.of(HIGH, LOW), "two", "other"));
        RecordingSink sink = follow(fanOut);
        assertThat(sink.accepted()).containsExactlyInAnyOrder("one", "two");
        awaitFollowing(fanOut);
        put(0, Instant.now(), KplAggregate.withHashKeys(List.of(HIGH, HIGH), "other", "other"));
        put(0, Instant.now(), KplAggregate.withHashKeys(List.of(LOW, LOW, HIGH), "two", "three", "other"));
        awaitThat(() -> sink.accepted().contains("three"));
        assertThat(sink.offered()).doesNotContain("other");
    }

    /** The children are known from the last page of their parent before they are listed. */
    @ParameterizedTest
    @ValueSource(strings = {"polling", "enhanced"})
    void aRecordOfAnotherShardIsPassedOverAfterAReshardToo(String fanOut) {
        RecordingSink sink = follow(fanOut);
        awaitFollowing(fanOut);
        stream.split(stream.openShards().get(0), Instant.now());
        put(1, Instant.now(), KplAggregate.withHashKeys(List.of(HIGH, LOW), "one", "other"));
        awaitThat(() -> sink.accepted().equals(List.of("one")));
        assertThat(sink.offered()).containsExactly("one");
    }

    private void put(int shard, Instant arrival, byte[] payload) {
        stream.put(stream.openShards().get(shard), arrival, payload);
    }

    private RecordingSink follow(String fanOut) {
        SubscriptionSettings settings = server.settings().with("state.fan.out", fanOut);
        RecordingSink sink = followers.follow(settings, payload -> !payload.startsWith("bad"));
        awaitThat(sink::isCaughtUp);
        return sink;
    }

    private void awaitFollowing(String fanOut) {
        awaitThat(() -> fanOut.equals("polling") || server.fanOut().events() > 1);
    }
}
