package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server answers InvalidArgument to what it issued itself, or to what it cannot do. None of that is final. */
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class PassingRefusalTest {

    private static final Fault REFUSED = Fault.error("InvalidArgumentException");

    @RegisterExtension
    final Followers followers = new Followers();

    private final ScriptedStream stream = new ScriptedStream("models-" + UUID.randomUUID(), InstantSource.system());
    private final ScriptedKinesis server = new ScriptedKinesis(stream);
    private final Script script = server.script();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetRecords", "GetShardIterator", "ListShards", "DescribeStreamSummary"})
    void aCallThatIsRefusedManyTimesIsRepeated(String operation) {
        for (int i = 0; i < 8; i++) {
            script.next(operation, REFUSED);
        }
        stream.put(Instant.now().minusSeconds(60), "one");
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.accepted()).containsExactly("one");
        assertThat(sink.failure()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GetRecords", "ListShards"})
    void aRefusedCallIsRepeatedWhileFollowing(String operation) {
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        for (int i = 0; i < 8; i++) {
            script.next(operation, REFUSED);
        }
        stream.put(Instant.now(), "one");
        awaitThat(() -> sink.accepted().equals(List.of("one")) && sink.isInContact());
        assertThat(sink.failure()).isEmpty();
    }

    @Test
    void aListOfShardsWithARefusedTokenIsStartedAgain() {
        server.operations().shardsPerPage(1);
        stream.split(stream.openShards().get(0), Instant.now().minusSeconds(3600));
        for (int i = 0; i < 3; i++) {
            script.next("ListShards", new Fault.Pass());
            script.next("ListShards", REFUSED);
        }
        stream.put(Instant.now().minusSeconds(1), "one");
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.accepted()).containsExactly("one");
        assertThat(sink.failure()).isEmpty();
    }

    @Test
    void aServerThatRefusesTimesIsReadFromTheFirstRecordWithOneWarning() {
        stream.put(Instant.now().minus(Duration.ofDays(3)), "one");
        stream.split(stream.openShards().get(0), Instant.now().minusSeconds(3600));
        script.whenever("GetShardIterator", PassingRefusalTest::beginsAtATime, REFUSED);
        assertThatOneIsFoundAndOneWarningSaysHow();
    }

    @Test
    void aServerThatNeverAnswersForATimeIsReadFromTheFirstRecordWithOneWarning() {
        stream.put(Instant.now().minus(Duration.ofDays(3)), "one");
        script.whenever("GetShardIterator", PassingRefusalTest::beginsAtATime, new Fault.Hang());
        assertThatOneIsFoundAndOneWarningSaysHow();
    }

    private void assertThatOneIsFoundAndOneWarningSaysHow() {
        try (LogCapture log = new LogCapture()) {
            RecordingSink sink = followers.followUntilCaughtUp(server.settings());
            assertThat(sink.accepted()).containsExactly("one");
            stream.put(Instant.now(), "two");
            awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
            assertThat(log.messages(Level.WARN))
                    .filteredOn(line ->
                            line.contains(stream.name()) && line.contains("cannot be read from a point in time"))
                    .hasSize(1);
        }
    }

    private static boolean beginsAtATime(JsonNode request) {
        return request.path("ShardIteratorType").asText().equals("AT_TIMESTAMP");
    }
}
