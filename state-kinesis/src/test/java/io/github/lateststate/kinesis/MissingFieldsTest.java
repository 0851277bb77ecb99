package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers with status 200 that lack a field. A missing field proves nothing. */
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class MissingFieldsTest {

    @RegisterExtension
    final Followers followers = new Followers();

    private final ScriptedStream stream = new ScriptedStream("models", InstantSource.system());
    private final ScriptedKinesis server = new ScriptedKinesis(stream);
    private final Script script = server.script();

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Named<Fault>> answersThatLeadNowhere() {
        return Stream.of(
                Named.of("no iterator", Fault.without("NextShardIterator")),
                Named.of("nothing but an empty object", new Fault.Changed(answer -> answer.removeAll())),
                Named.of("no body", new Fault.NoBody()));
    }

    @ParameterizedTest
    @MethodSource("answersThatLeadNowhere")
    void oneAnswerWithoutAFieldDoesNotEndTheLookBackOfAShard(Fault fault) {
        stream.put(Instant.now().minusSeconds(60), "one");
        script.next("GetRecords", fault);
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.accepted()).containsExactly("one");
        stream.put(Instant.now(), "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
    }

    @ParameterizedTest
    @MethodSource("answersThatLeadNowhere")
    void oneAnswerWithoutAFieldDoesNotEndFollowingAShard(Fault fault) {
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        script.next("GetRecords", fault);
        awaitThat(() -> script.calls("GetRecords") > 3);
        stream.put(Instant.now(), "one");
        awaitThat(() -> sink.accepted().equals(List.of("one")) && sink.isInContact());
    }

    @ParameterizedTest
    @MethodSource("answersThatLeadNowhere")
    void endlessAnswersWithoutAFieldAreAnInterruption(Fault fault) {
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        script.always("GetRecords", fault);
        awaitThat(() -> !sink.isInContact() && !sink.interruptions().isEmpty());
        script.clear();
        stream.put(Instant.now(), "one");
        awaitThat(() -> sink.accepted().equals(List.of("one")) && sink.isInContact());
    }

    @Test
    void theListOfShardsEndsAClosedShardWhoseLastPageNamesNoChildren() {
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        script.always("GetRecords", Fault.without("ChildShards"));
        List<String> children = stream.split(stream.openShards().get(0), Instant.now());
        stream.put(children.get(1), Instant.now(), new byte[] {'x'});
        awaitThat(() -> sink.accepted().equals(List.of("x")) && sink.isInContact());
    }

    /** At the end of a closed shard AWS sends an event without a continuation number, and ends the subscription. */
    @ParameterizedTest
    @MethodSource("endsOfSubscriptions")
    void theListOfShardsEndsAClosedShardWhoseLastEventNamesNoChildren(Fault fault) {
        server.fanOut().inUse(Duration.ZERO);
        script.always("SubscribeToShard", fault);
        RecordingSink sink = followers.followUntilCaughtUp(server.settings().with("state.fan.out", "enhanced"));
        awaitThat(() -> server.fanOut().events() > 0);
        List<String> children = stream.split(stream.openShards().get(0), Instant.now());
        stream.put(children.get(1), Instant.now(), new byte[] {'x'});
        awaitThat(() -> sink.accepted().equals(List.of("x")) && sink.isInContact());
    }

    static Stream<Named<Fault>> endsOfSubscriptions() {
        return Stream.of(
                Named.of("no children", Fault.without("ChildShards")),
                Named.of("no children, no distance", Fault.without("ChildShards", "MillisBehindLatest")),
                Named.of("nothing but an empty object", new Fault.Changed(MissingFieldsTest::emptyAtTheEnd)));
    }

    private static void emptyAtTheEnd(ObjectNode event) {
        if (event.has("ChildShards")) {
            event.removeAll();
        }
    }

    @Test
    void subscriptionsThatEndWithoutAContinuationAreRenewedSlowly() {
        server.fanOut().inUse(Duration.ZERO);
        server.fanOut().life(Duration.ofMillis(300));
        script.always("SubscribeToShard", Fault.without("ContinuationSequenceNumber"));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings().with("state.fan.out", "enhanced"));
        awaitThat(() -> script.calls("SubscribeToShard") >= 2);
        stream.put(Instant.now(), "one");
        awaitThat(() -> sink.accepted().equals(List.of("one")) && sink.isInContact());
        assertThat(script.calls("SubscribeToShard")).isLessThan(10);
    }

    @Test
    void anEventWithoutContinuationDoesNotEndAShard() {
        script.always("SubscribeToShard", Fault.without("ContinuationSequenceNumber"));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings().with("state.fan.out", "enhanced"));
        awaitThat(() -> server.fanOut().events() > 0);
        stream.put(Instant.now(), "one");
        awaitThat(() -> sink.accepted().equals(List.of("one")));
        stream.put(Instant.now(), "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"polling", "enhanced"})
    void aStreamWithoutAgeAndRetentionCountsAsTheOldestPossible(String fanOut) {
        stream.put(Instant.now().minus(Duration.ofDays(364)), "one");
        script.always(
                "DescribeStreamSummary",
                new Fault.Changed(answer -> answer.withObject("StreamDescriptionSummary")
                        .remove(List.of(
                                "StreamCreationTimestamp", "RetentionPeriodHours", "StreamARN", "StreamStatus"))));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings().with("state.fan.out", fanOut));
        assertThat(sink.accepted()).containsExactly("one");
        stream.put(Instant.now(), "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
        assertThat(sink.interruptions()).isEmpty();
    }

    @Test
    void anAnswerThatDoesNotDescribeTheStreamIsAskedForAgain() {
        stream.put(Instant.now().minusSeconds(60), "one");
        script.next("DescribeStreamSummary", new Fault.Changed(answer -> answer.removeAll()));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.accepted()).containsExactly("one");
    }

    @Test
    void answersWithoutTheIteratorThatWasAskedForAreAnInterruption() {
        stream.put(Instant.now().minusSeconds(60), "one");
        script.always("GetShardIterator", new Fault.Changed(answer -> answer.removeAll()));
        RecordingSink sink = followers.follow(server.settings());
        awaitThat(() -> !sink.interruptions().isEmpty());
        script.clear();
        awaitThat(() -> sink.accepted().equals(List.of("one")) && sink.isCaughtUp());
    }

    @Test
    void aServerThatAlwaysClaimsTheTipIsReadToTheEmptyPage() {
        script.always("GetRecords", new Fault.Changed(answer -> answer.put("MillisBehindLatest", 0)));
        assertThatTheLastOfManyIsFound();
    }

    @Test
    void aServerThatNeverReportsTheDistanceToTheTipIsReadToTheEnd() {
        script.always("GetRecords", Fault.without("MillisBehindLatest"));
        assertThatTheLastOfManyIsFound();
    }

    @Test
    void theRecordBehindEmptyPagesOfUnknownDistanceIsFound() {
        stream.stride(Duration.ofMinutes(1)).put(Instant.now().minusSeconds(2), "one");
        script.always("GetRecords", Fault.without("MillisBehindLatest"));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.lookedBackThrough()).contains(List.of("one"));
    }

    @Test
    void anAnswerThatDoesNotNameTheConsumerMeansPollingForAWhile() {
        script.next("RegisterStreamConsumer", new Fault.Changed(answer -> answer.removeAll()));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings().with("state.fan.out", "enhanced"));
        awaitThat(() -> script.calls("RegisterStreamConsumer") >= 2 && script.calls("SubscribeToShard") > 0);
        stream.put(Instant.now(), "one");
        awaitThat(() -> sink.accepted().equals(List.of("one")) && sink.isInContact());
        assertThat(sink.interruptions()).isEmpty();
    }

    private void assertThatTheLastOfManyIsFound() {
        stream.pageSize(100);
        IntStream.rangeClosed(1, 320).forEach(i -> stream.put(Instant.now().minusSeconds(60), Integer.toString(i)));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.lookedBackThrough()).contains(List.of("320"));
        stream.put(Instant.now(), "next");
        awaitThat(() -> sink.accepted().equals(List.of("320", "next")));
    }
}
