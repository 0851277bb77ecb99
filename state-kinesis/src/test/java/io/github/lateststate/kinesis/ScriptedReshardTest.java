package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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

/** Shards that were split and merged, and parents whose records have expired. */
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class ScriptedReshardTest {

    @RegisterExtension
    final Followers followers = new Followers();

    private final Instant now = Instant.now();
    private final ScriptedStream stream = new ScriptedStream("models", InstantSource.system());
    private final ScriptedKinesis server = new ScriptedKinesis(stream);
    private final String first = stream.openShards().get(0);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theLastRecordMayBeInAClosedParent() {
        stream.put(first, now.minusSeconds(7200), bytes("one"));
        stream.split(first, now.minusSeconds(3600));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.lookedBackThrough()).contains(List.of("one"));
    }

    @Test
    void theLastRecordMayBeInAGrandparent() {
        stream.put(first, now.minusSeconds(7200), bytes("one"));
        List<String> children = stream.split(first, now.minusSeconds(3600));
        stream.merge(children.get(0), children.get(1), now.minusSeconds(1800));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.lookedBackThrough()).contains(List.of("one"));
    }

    @Test
    void aParentWhoseRecordsHaveExpiredDoesNotDelayItsChildren() {
        stream.retention(Duration.ofHours(1)).put(first, now.minusSeconds(7200), bytes("one"));
        List<String> children = stream.split(first, now.minusSeconds(5400));
        stream.put(children.get(1), now.minusSeconds(60), bytes("two"));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.accepted()).containsExactly("two");
    }

    @Test
    void aParentThatVanishesDuringTheLookBackCountsAsEnded() {
        stream.put(first, now.minusSeconds(7200), bytes("one"));
        stream.split(first, now.minusSeconds(3600));
        // Either the children are read first or the parent is. In both cases the parent is listed and then does not
        // exist.
        server.script().always("GetShardIterator", new Fault.Hang());
        RecordingSink sink = followers.follow(server.settings());
        awaitThat(() -> server.script().calls("GetShardIterator") > 0);
        stream.retention(Duration.ofMinutes(30));
        server.script().clear();
        awaitThat(sink::isCaughtUp);
        awaitThat(sink::isInContact);
        assertThat(sink.offered()).isEmpty();
    }

    @Test
    void newChildrenAreFollowedFromTheirFirstRecord() {
        stream.put(now.minusSeconds(60), "one");
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        int interruptions = sink.interruptions().size();
        List<String> children = stream.split(first, Instant.now());
        stream.put(children.get(1), Instant.now(), bytes("two"));
        awaitThat(() -> sink.accepted().contains("two"));
        String merged = stream.merge(children.get(0), children.get(1), Instant.now());
        stream.put(merged, Instant.now(), bytes("three"));
        awaitThat(() -> sink.accepted().equals(List.of("one", "two", "three")));
        assertThat(sink.interruptions()).hasSize(interruptions);
    }

    private static byte[] bytes(String value) {
        return value.getBytes(UTF_8);
    }
}
