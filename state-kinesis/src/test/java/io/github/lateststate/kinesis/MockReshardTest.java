package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.RecordingSink;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real splits and merges, on kinesis-mock. */
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class MockReshardTest {

    private static final String MIDDLE = BigInteger.TWO.pow(127).toString();
    private static final String TOP =
            BigInteger.TWO.pow(128).subtract(BigInteger.ONE).toString();

    @RegisterExtension
    static final KinesisMock mock = new KinesisMock();

    @RegisterExtension
    final Followers followers = new Followers();

    private final TestStreams streams = mock.streams();
    private final String stream = streams.stream(1);

    @ParameterizedTest
    @ValueSource(strings = {"polling", "enhanced"})
    void aSplitAndAMergeWhileFollowingLoseNothing(String fanOut) {
        streams.publish(stream, "one");
        RecordingSink sink =
                followers.followUntilCaughtUp(streams.settings(stream).with("state.fan.out", fanOut));
        split();
        streams.publish(stream, "0", "two");
        awaitThat(() -> sink.accepted().contains("two"));
        streams.publish(stream, TOP, "three");
        awaitThat(() -> sink.accepted().contains("three"));
        merge();
        streams.publish(stream, "four");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two", "three", "four")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "enhanced"})
    void theLastRecordIsFoundEvenIfItsShardWasSplitAndMergedSince(String fanOut) {
        streams.publish(stream, "one");
        split();
        merge();
        RecordingSink sink =
                followers.followUntilCaughtUp(streams.settings(stream).with("state.fan.out", fanOut));
        assertThat(sink.lookedBackThrough()).contains(List.of("one"));
        streams.publish(stream, "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "enhanced"})
    void recordsOfAChildWinOverThoseOfItsParent(String fanOut) {
        streams.publish(stream, "one");
        split();
        streams.publish(stream, TOP, "two");
        RecordingSink sink =
                followers.followUntilCaughtUp(streams.settings(stream).with("state.fan.out", fanOut));
        assertThat(sink.accepted()).contains("two");
        assertThat(sink.accepted()).doesNotContain("one");
    }

    private void split() {
        streams.split(stream, "shardId-000000000000", MIDDLE);
    }

    private void merge() {
        streams.merge(stream, "shardId-000000000001", "shardId-000000000002");
    }
}
