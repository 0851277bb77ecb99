package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What AWS does during a look-back, and the emulator does not. */
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class ScriptedLookBackTest {

    @RegisterExtension
    final Followers followers = new Followers();

    private final Instant now = Instant.now();
    private final ScriptedStream stream = new ScriptedStream("models", InstantSource.system());
    private ScriptedKinesis server = new ScriptedKinesis(stream);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theRecordBehindEmptyPagesIsFound() {
        stream.stride(Duration.ofMinutes(2)).put(ago(Duration.ofMinutes(14)), "one");
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.lookedBackThrough()).contains(List.of("one"));
    }

    @Test
    void aLookBackDoesNotEndBeforeAPageReachesTheTip() {
        stream.idleBehind(Duration.ofSeconds(5));
        RecordingSink sink = followers.follow(server.settings());
        awaitThat(() -> server.script().calls("GetRecords") >= 5);
        assertThat(sink.isCaughtUp()).isFalse();
        stream.idleBehind(Duration.ZERO);
        awaitThat(sink::isCaughtUp);
        assertThat(sink.offered()).isEmpty();
    }

    @Test
    void theLastRecordIsFoundEvenIfItsPageLagsBehindTheClock() {
        stream.put(ago(Duration.ofSeconds(90)), "one");
        stream.put(ago(Duration.ofSeconds(60)), "two");
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.lookedBackThrough()).contains(List.of("two"));
        assertThat(sink.recordsRead()).as("with the one that was passed over").isEqualTo(2);
    }

    @Test
    void arrivalTimesThatGoBackwardsDoNotChangeTheOrder() {
        stream.put(ago(Duration.ofSeconds(60)), "one");
        stream.put(ago(Duration.ofSeconds(90)), "two");
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.lookedBackThrough()).contains(List.of("two"));
    }

    @Test
    void sequenceNumbersAreComparedAsNumbers() {
        for (int i = 1; i <= 10; i++) { // from two digits to three
            stream.put(ago(Duration.ofSeconds(60 - i)), Integer.toString(i));
        }
        RecordingSink sink = followers.follow(server.settings(), "2"::equals);
        awaitThat(sink::isCaughtUp);
        assertThat(sink.lookedBackThrough()).contains(List.of("10", "9", "8", "7", "6", "5", "4", "3", "2"));
    }

    @Test
    void aSequenceNumberWithOneDigitMoreIsANewerOne() {
        for (int i = 96; i <= 99; i++) {
            stream.put(ago(Duration.ofSeconds(60)), Integer.toString(i)); // in the order of their sequence numbers
        }
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        stream.put(Instant.now(), "100");
        awaitThat(() -> sink.accepted().equals(List.of("99", "100")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2S", "PT5M", "PT30M"})
    void aServerWhoseClockIsBehindCanBeRead(Duration skew) {
        ScriptedStream skewed =
                new ScriptedStream("skewed", InstantSource.offset(InstantSource.system(), skew.negated()));
        skewed.put(skewed.now().minusSeconds(1), "one");
        try (ScriptedKinesis other = new ScriptedKinesis(skewed)) {
            RecordingSink sink = followers.followUntilCaughtUp(other.settings());
            assertThat(sink.lookedBackThrough()).contains(List.of("one"));
            skewed.put(skewed.now(), "two");
            awaitThat(() -> sink.accepted().equals(List.of("one", "two")));
            assertThat(sink.failure()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2S", "PT5M", "PT30M"})
    void aServerWhoseClockIsAheadCanBeRead(Duration skew) {
        ScriptedStream skewed = new ScriptedStream("skewed", InstantSource.offset(InstantSource.system(), skew));
        skewed.put(skewed.now().minusSeconds(1), "one");
        try (ScriptedKinesis other = new ScriptedKinesis(skewed)) {
            RecordingSink sink = followers.followUntilCaughtUp(other.settings());
            assertThat(sink.lookedBackThrough()).contains(List.of("one"));
        }
    }

    @Test
    void noIteratorBeginsAtLatest() {
        stream.put(ago(Duration.ofHours(2)), "one");
        followers.followUntilCaughtUp(server.settings());
        assertThat(server.script().requests("GetShardIterator"))
                .extracting(request -> request.path("ShardIteratorType").asText())
                .doesNotContain("LATEST");
    }

    @Test
    void aListOfShardsOfSeveralPagesIsReadToItsEnd() {
        String shard = stream.openShards().get(0);
        for (int i = 0; i < 3; i++) {
            stream.split(shard, ago(Duration.ofMinutes(10 - i)));
            shard = stream.openShards().get(0);
        }
        server.operations().shardsPerPage(2);
        String last = stream.openShards().get(stream.openShards().size() - 1);
        stream.put(last, ago(Duration.ofSeconds(5)), new byte[] {'x'});
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.accepted()).contains("x");
    }

    @Test
    void aRecordOfTenMebibytesIsAccepted() {
        byte[] big = new byte[10 * 1024 * 1024];
        java.util.Arrays.fill(big, (byte) 'x');
        stream.put(stream.openShards().get(0), ago(Duration.ofSeconds(5)), big);
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        assertThat(sink.accepted())
                .singleElement()
                .satisfies(payload -> assertThat(payload).hasSize(big.length));
    }

    private Instant ago(Duration time) {
        return now.minus(time);
    }
}
