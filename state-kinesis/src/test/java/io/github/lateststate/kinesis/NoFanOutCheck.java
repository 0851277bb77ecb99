package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.lateststate.testing.RecordingSink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Runs with a version that lacks the calls for enhanced fan-out. It is not named as a test, because it runs only with
 * such a version, in the profile for older clients.
 */
@Tag("no-fan-out")
class NoFanOutCheck {

    @RegisterExtension
    final Followers followers = new Followers();

    private final ScriptedStream stream = new ScriptedStream("models", InstantSource.system());
    private final ScriptedKinesis server = new ScriptedKinesis(stream);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theStreamIsPolledAndAWarningSaysWhy() {
        stream.put(Instant.now().minusSeconds(7200), "one");
        try (LogCapture log = new LogCapture()) {
            RecordingSink sink = followers.followUntilCaughtUp(server.settings().with("state.fan.out", "enhanced"));
            stream.put(Instant.now(), "two");
            awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
            assertThat(server.script().calls("RegisterStreamConsumer")).isZero();
            assertThat(log.messages(Level.WARN))
                    .singleElement()
                    .asString()
                    .startsWith("No fan-out from stream 'models'")
                    .contains(
                            "polling instead: AWS SDK " + ClientVersion.name(),
                            "fan-out needs 2.31.40 or newer",
                            "<artifactId>bom</artifactId>");
        }
    }
}
