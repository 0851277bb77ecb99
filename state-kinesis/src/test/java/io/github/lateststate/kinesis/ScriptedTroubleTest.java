package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitInterruption;
import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that fail in every way that AWS knows. */
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class ScriptedTroubleTest {

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
    void aRefusedConnectionSaysToCheckTheNetworkAndTheEndpoint() {
        server.close();
        RecordingSink sink = followers.follow(server.settings());
        awaitInterruption(sink);
        assertThat(sink.interruptions().get(0))
                .hasMessageContaining("No answer from")
                .hasMessageContaining("check the network and the endpoint")
                .hasMessageContaining("refused");
    }

    @Test
    void anExpiredIteratorIsReplacedByOneAfterTheLastRecordRead() {
        stream.put(Instant.now().minusSeconds(60), "one");
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        script.forgetCalls();
        script.next("GetRecords", Fault.error("ExpiredIteratorException"));
        stream.put(Instant.now(), "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")));
        assertThat(iteratorTypes()).containsExactly("AFTER_SEQUENCE_NUMBER");
    }

    @Test
    void anExpiredIteratorThatReadNothingIsReplacedByOneFromTheSameTime() {
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        List<JsonNode> before = script.requests("GetShardIterator");
        script.forgetCalls();
        script.next("GetRecords", Fault.error("ExpiredIteratorException"));
        awaitThat(() -> script.calls("GetShardIterator") > 0);
        stream.put(Instant.now().minusSeconds(1), "one"); // it arrived before the new iterator was created
        awaitThat(() -> sink.accepted().equals(List.of("one")));
        assertThat(script.requests("GetShardIterator").get(0)).isEqualTo(before.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ListShards", "GetShardIterator", "GetRecords"})
    void internalFailuresAreSurvivedWhileStarting(String operation) {
        for (int i = 0; i < 12; i++) { // more often than the SDK itself tries
            script.next(operation, Fault.internal());
        }
        stream.put(Instant.now().minusSeconds(60), "one");
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.lookedBackThrough()).contains(List.of("one"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "InternalFailureException",
                "KMSThrottlingException",
                "LimitExceededException",
                "ProvisionedThroughputExceededException"
            })
    void temporaryErrorsAreSurvivedWhileFollowing(String error) {
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        for (int i = 0; i < 3; i++) {
            script.next("GetRecords", Fault.error(error));
        }
        stream.put(Instant.now(), "one");
        awaitThat(() -> sink.accepted().equals(List.of("one")) && sink.isInContact());
    }

    @ParameterizedTest
    @Tag("every-client")
    @ValueSource(strings = {"GetRecords", "GetShardIterator"})
    void aThrottledCallIsNotRepeatedAtOnceByTheSdk(String operation) {
        script.next(operation, Fault.error("ProvisionedThroughputExceededException"));
        followers.followUntilCaughtUp(server.settings());
        assertThat(script.repetitions(operation)).isZero();
    }

    @ParameterizedTest
    @Tag("every-client")
    @ValueSource(strings = {"ListShards", "GetShardIterator", "GetRecords"})
    void aSingleFailureOfTheServerIsNotAnOutage(String operation) {
        script.next(operation, Fault.internal());
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(script.repetitions(operation)).isEqualTo(1);
        assertThat(sink.interruptions()).noneMatch(cause -> cause.toString().contains("bad day"));
    }

    @Test
    void aConnectionThatIsResetIsSurvived() {
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        for (int i = 0; i < 6; i++) {
            script.next("GetRecords", new Fault.Reset());
        }
        stream.put(Instant.now(), "one");
        awaitThat(() -> sink.accepted().equals(List.of("one")) && sink.isInContact());
    }

    @Test
    void aMissingAnswerIsAnOutageThatEnds() {
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        script.always("GetRecords", new Fault.Hang());
        awaitInterruption(sink);
        script.clear();
        stream.put(Instant.now(), "one");
        awaitThat(() -> sink.accepted().equals(List.of("one")) && sink.isInContact());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KMSDisabledException",
                "KMSNotFoundException",
                "KMSInvalidStateException",
                "KMSOptInRequired",
                "KMSAccessDeniedException",
                "AccessDeniedException"
            })
    void aMissingKeyOrRightIsNamed(String error) {
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        script.always("GetRecords", Fault.error(error));
        awaitThat(() -> !sink.interruptions().isEmpty() || sink.failure().isPresent());
        assertThat(java.util.stream.Stream.concat(sink.interruptions().stream(), sink.failure().stream()))
                .anySatisfy(cause -> assertThat(cause).hasStackTraceContaining(error));
    }

    @Test
    void aListOfShardsWhoseTokenExpiredIsReadAgain() {
        server.operations().shardsPerPage(1);
        stream.split(stream.openShards().get(0), Instant.now().minusSeconds(3600));
        script.next("ListShards", new Fault.Pass());
        script.next("ListShards", Fault.error("ExpiredNextTokenException"));
        stream.put(Instant.now().minusSeconds(1), "one");
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.accepted()).containsExactly("one");
    }

    @Test
    void recordsThatAreTrimmedUnreadDoNotStopFollowing() {
        stream.put(Instant.now().minusSeconds(60), "one");
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        stream.retention(Duration.ofSeconds(30)); // "one" is gone
        script.next("GetRecords", Fault.error("ExpiredIteratorException"));
        stream.put(Instant.now(), "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
    }

    private List<String> iteratorTypes() {
        return script.requests("GetShardIterator").stream()
                .map(request -> request.path("ShardIteratorType").asText())
                .toList();
    }
}
