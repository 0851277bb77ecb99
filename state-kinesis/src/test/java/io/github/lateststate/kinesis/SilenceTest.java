package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitInterruption;
import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Calls that get no answer for a while, and answers that take long. */
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class SilenceTest {

    /** Long enough for several tries. */
    private static final Duration SILENT_FOR = Duration.ofSeconds(26);

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final List<String> ALL =
            List.of("DescribeStreamSummary", "ListShards", "GetShardIterator", "GetRecords", "SubscribeToShard");

    @RegisterExtension
    final Followers followers = new Followers();

    private final ScriptedStream stream = new ScriptedStream("models", InstantSource.system());
    private final ScriptedKinesis server = new ScriptedKinesis(stream);
    private final Script script = server.script();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPollerIsLiveWithTheNewestValueSoonAfterASilence() {
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        silence(sink);
        assertThatItHas("one", sink);
    }

    @Test
    void aLookBackEndsSoonAfterASilence() {
        ALL.forEach(operation -> script.always(operation, new Fault.Hang()));
        RecordingSink sink = followers.follow(server.settings());
        stream.put(Instant.now(), "one");
        endSilence();
        assertThatItHas("one", sink);
        assertThat(sink.isCaughtUp()).isTrue();
    }

    @Test
    void aSubscriptionIsReplacedSoonAfterASilence() {
        script.next("SubscribeToShard", new Fault.Silence());
        RecordingSink sink = followers.followUntilCaughtUp(server.settings().with("state.fan.out", "enhanced"));
        awaitThat(() -> server.fanOut().events() > 0);
        silence(sink);
        assertThatItHas("one", sink);
    }

    /** The earlier subscription falls silent at the very end. */
    @Test
    void aSubscriptionThatIsSilentAloneIsReplacedSoon() {
        script.next("SubscribeToShard", new Fault.Silence());
        RecordingSink sink = followers.followUntilCaughtUp(server.settings().with("state.fan.out", "enhanced"));
        awaitThat(() -> server.fanOut().events() > 0);
        stream.put(Instant.now(), "one");
        assertThatItHas("one", sink);
    }

    @Test
    void theClientWaitsForAnAnswerThatIsOnItsWay() {
        stream.put(Instant.now().minusSeconds(60), "one" + "-".repeat(100_000));
        script.next("GetRecords", new Fault.Slow(12));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.accepted()).hasSize(1);
        assertThat(script.requests("GetRecords"))
                .extracting(request -> request.path("ShardIterator").asText())
                .as("no page was asked for twice")
                .doesNotHaveDuplicates();
    }

    @Test
    void aServerThatIsSilentOverALargePageIsAskedForASmallerOne() {
        stream.put(Instant.now().minusSeconds(60), "one");
        script.whenever("GetRecords", request -> request.path("Limit").asInt(PageSize.MOST) > 1_000, new Fault.Hang());
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.accepted()).containsExactly("one");
    }

    private void silence(RecordingSink sink) {
        ALL.forEach(operation -> script.always(operation, new Fault.Hang()));
        awaitInterruption(sink);
        stream.put(Instant.now(), "one");
        endSilence();
    }

    private void endSilence() {
        Instant end = Instant.now().plus(SILENT_FOR);
        awaitThat(() -> Instant.now().isAfter(end));
        script.clear();
    }

    private static void assertThatItHas(String value, RecordingSink sink) {
        await().atMost(SOON).until(() -> sink.accepted().contains(value) && sink.isInContact());
    }
}
