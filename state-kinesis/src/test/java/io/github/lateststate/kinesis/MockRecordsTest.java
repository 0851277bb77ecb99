package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What becomes of records, on kinesis-mock. */
@Tag("every-client")
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class MockRecordsTest {

    @RegisterExtension
    static final KinesisMock mock = new KinesisMock();

    @RegisterExtension
    final Followers followers = new Followers();

    private TestStreams streams;
    private String stream;
    private SubscriptionSettings settings;

    @BeforeEach
    void newStream() {
        streams = mock.streams();
        stream = streams.stream(1);
        settings = streams.settings(stream);
    }

    @Test
    void theStateOfAKplAggregateIsItsLastRecord() {
        streams.publish(stream, KplAggregate.of("one", "two", "three"));
        RecordingSink sink = followers.followUntilCaughtUp(settings);
        assertThat(sink.lookedBackThrough()).contains(List.of("three"));
        streams.publish(stream, KplAggregate.of("four", "five"));
        awaitThat(() -> sink.accepted().equals(List.of("three", "five")));
    }

    @Test
    void theOriginHoldsShardSequenceNumberAndTimestamp() {
        Instant before = Instant.now();
        String sequenceNumber = streams.publish(stream, "one").sequenceNumber();
        LatestStateBuilder<String> builder =
                LatestState.builder((bytes, origin) -> new String(bytes, UTF_8)).subscriber("kinesis").stream(stream);
        settings.settings().forEach(builder::setting);
        try (LatestState<String> state = builder.open()) {
            state.awaitReady(Duration.ofSeconds(30));
            assertThat(state.get()).isEqualTo("one");
            assertThat(state.current().origin()).hasValueSatisfying(origin -> {
                assertThat(origin.partition()).isEqualTo("shardId-000000000000");
                assertThat(origin.position()).isEqualTo(sequenceNumber);
                assertThat(origin.timestamp().orElseThrow()).isBetween(before.minusSeconds(1), Instant.now());
                assertThat(origin.key())
                        .hasValueSatisfying(
                                key -> assertThat(new String(key, UTF_8)).isEqualTo("state"));
            });
        }
    }

    @Test
    void twoInstancesPollTheSameState() {
        RecordingSink one = followers.followUntilCaughtUp(settings);
        RecordingSink two = followers.followUntilCaughtUp(settings);
        streams.publish(stream, "one");
        awaitThat(() -> one.accepted().equals(List.of("one")) && two.accepted().equals(List.of("one")));
    }
}
