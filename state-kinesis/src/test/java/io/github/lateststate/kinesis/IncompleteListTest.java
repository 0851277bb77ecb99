package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** Lists of the shards that lack a shard, or a part of one. */
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class IncompleteListTest {

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
    void anEmptyListOfTheShardsOfAnActiveStreamIsAskedForAgain() {
        stream.put(Instant.now().minusSeconds(60), "one");
        for (int i = 0; i < 2; i++) {
            script.next("ListShards", new Fault.Changed(answer -> answer.putArray("Shards")));
        }
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.accepted()).containsExactly("one");
    }

    @Test
    void aListThatLacksAShardIsAskedForAgain() {
        List<String> children =
                stream.split(stream.openShards().get(0), Instant.now().minusSeconds(600));
        stream.put(children.get(1), Instant.now().minusSeconds(60), new byte[] {'x'});
        script.next(
                "ListShards",
                new Fault.Changed(answer -> answer.withArray("Shards").remove(2)));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.accepted()).containsExactly("x");
        assertThat(sink.interruptions())
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("incomplete"));
    }

    @Test
    void aListThatLacksAShardsSequenceNumbersIsAskedForAgain() {
        stream.put(Instant.now().minusSeconds(60), "one");
        script.next(
                "ListShards",
                new Fault.Changed(
                        answer -> ((ObjectNode) answer.withArray("Shards").get(0)).remove("SequenceNumberRange")));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.accepted()).containsExactly("one");
        assertThat(sink.interruptions())
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("incomplete"));
    }

    /** Otherwise the followed shards would be forgotten, and a new stream of the same name would not be noticed. */
    @Test
    void anEmptyListOfShardsWhileFollowingIsIgnored() {
        SimulatedLoop loop = new SimulatedLoop();
        SimulatedKinesis kinesis = new SimulatedKinesis(loop, loop.now().minus(Duration.ofDays(1)));
        kinesis.split(kinesis.openShards().get(0), loop.now().minusSeconds(60));
        SimulatedInstance instance = new SimulatedInstance(loop, kinesis, payload -> true, 1);
        loop.runUntil(instance.sink::isCaughtUp, Duration.ofSeconds(15));
        kinesis.listsNothing = true;
        loop.run(Duration.ofSeconds(20));
        assertThat(instance.knownShards()).isEqualTo(3);
        assertThat(instance.sink.interruptions()).isEmpty();
    }
}
