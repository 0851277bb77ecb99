package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.kinesis.model.Consumer;

/** Enhanced fan-out from kinesis-mock, over HTTP/2: consumers are registered, and none is left behind. */
@Tag("fan-out")
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class MockFanOutTest {

    private static final int QUOTA = 20;

    @RegisterExtension
    static final KinesisMock mock = new KinesisMock();

    @RegisterExtension
    final Followers followers = new Followers();

    private TestStreams streams;
    private String stream;
    private SubscriptionSettings enhanced;

    @BeforeEach
    void newStream() {
        streams = mock.streams();
        stream = streams.stream(1);
        enhanced = streams.settings(stream).with("state.fan.out", "enhanced");
    }

    @Test
    void recordsArriveAndTheConsumerHasTheNameOfTheGroup() {
        streams.publish(stream, "one");
        RecordingSink sink = followers.followUntilCaughtUp(enhanced);
        awaitThat(() -> names().equals(List.of(followers.subscriptionOf(sink).group())));
        streams.publish(stream, "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")));
    }

    @Test
    void closeLeavesNoConsumer() {
        RecordingSink one = followers.followUntilCaughtUp(enhanced);
        RecordingSink two = followers.followUntilCaughtUp(enhanced);
        awaitThat(() -> names().size() == 2);
        followers.closeInTime(one);
        awaitThat(() -> names().equals(List.of(followers.subscriptionOf(two).group()))); // removal takes a moment
        followers.closeInTime(two);
        awaitThat(() -> names().isEmpty());
    }

    @Test
    void twoInstancesBothSeeEverything() {
        RecordingSink one = followers.followUntilCaughtUp(enhanced);
        RecordingSink two = followers.followUntilCaughtUp(enhanced);
        awaitThat(() -> names().size() == 2);
        streams.publish(stream, "one");
        awaitThat(() -> one.accepted().equals(List.of("one")) && two.accepted().equals(List.of("one")));
    }

    @Test
    void anInstanceThatFindsTheQuotaFullPollsAndSaysSo() {
        for (int i = 0; i < QUOTA; i++) {
            streams.register(stream, "somebody-" + i);
        }
        try (LogCapture log = new LogCapture()) {
            RecordingSink sink = followers.followUntilCaughtUp(enhanced);
            streams.publish(stream, "one");
            awaitThat(() -> sink.accepted().equals(List.of("one")) && sink.isInContact());
            awaitThat(() -> log.messages(Level.WARN).stream()
                    .anyMatch(warning -> warning.contains(stream) && warning.contains("polling")));
            assertThat(names()).hasSize(QUOTA);
        }
    }

    private List<String> names() {
        return streams.consumers(stream).stream().map(Consumer::consumerName).toList();
    }
}
