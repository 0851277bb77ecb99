package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.lateststate.testing.RecordingSink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that know only HTTP/1.1 or only JSON, like some emulators. */
@Isolated // it checks the log
class SimpleServersTest {

    @RegisterExtension
    final Followers followers = new Followers();

    private final ScriptedStream stream = new ScriptedStream("models", InstantSource.system());
    private final ScriptedKinesis server = new ScriptedKinesis(stream);
    private final LogCapture log = new LogCapture();

    @BeforeEach
    void oneRecord() {
        stream.put(Instant.now().minusSeconds(60), "one");
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    @Test
    void aServerWithoutHttp2IsPolled() {
        server.speakHttp1Only();
        RecordingSink sink = followers.followUntilCaughtUp(server.settings());
        stream.put(Instant.now(), "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @Test
    void aServerWithoutHttp2IsPolledInsteadOfFanOutAndOneLineSaysWhy() {
        server.speakHttp1Only();
        stream.split(stream.openShards().get(0), Instant.now().minusSeconds(600));
        RecordingSink sink = followers.followUntilCaughtUp(server.settings().with("state.fan.out", "enhanced"));
        awaitThat(() -> log.messages(Level.WARN).stream().anyMatch(line -> line.contains("polling instead")));
        stream.put(Instant.now(), "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
        assertThat(log.messages(Level.WARN))
                .filteredOn(line -> line.contains("polling instead"))
                .hasSize(1)
                .allSatisfy(line -> assertThat(line).contains("HTTP/2").doesNotContain("Hex", "hex", "\tat "));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500})
    void aServerThatKnowsOnlyJsonIsReportedWithTheSettingToChange(int status) {
        server.script().always("DescribeStreamSummary", new Fault.InJson(status));
        RecordingSink sink = followers.follow(server.settings());
        awaitThat(() -> !sink.interruptions().isEmpty());
        assertThat(sink.interruptions().get(0)).hasMessageContaining("-Daws.cborEnabled=false");
    }
}
