package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.demo.web.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both programs, on an older broker. It is not named as a test, because it runs only in the profile for older clients,
 * which puts the broker on the class path.
 */
class OldBrokersCheck {

    private static final Path PAGE = Path.of("..", "docs", "compatibility.md");
    private static final Pattern RUNS = Pattern.compile("(?m)^\\| (\\d+\\.\\d+\\.\\d+ \\| \\w+) \\| each build \\|");

    @TempDir
    private Path directory;

    @Test
    void theServerShowsWhatIsSentBeforeAndAfterAnOutage() throws Exception {
        try (ClassPathBroker broker = ClassPathBroker.start(directory)) {
            Map<String, String> env =
                    Map.of("KAFKA_TOPIC", "state", "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
            try (RunningServer server = RunningServer.start(directory, env)) {
                server.awaitReady();
                send(env, 41);
                server.awaitState(41);
                broker.stop();
                server.awaitPhase("INTERRUPTED");
                broker.start();
                server.awaitPhase("LIVE");
                send(env, 42);
                server.awaitState(42);
            }
            try (RunningServer later = RunningServer.start(directory, env)) {
                later.awaitState(42);
                later.awaitPhase("LIVE");
            }
        }
    }

    @Test
    void thePageNamesThisBrokerAndOnlyTestedOnes() throws IOException {
        List<String> run = List.of(System.getProperty("brokers.tested").split(", ", -1));
        assertThat(RUNS.matcher(Files.readString(PAGE)).results().map((MatchResult row) -> row.group(1)))
                .contains(ClassPathBroker.describe())
                .containsExactlyElementsOf(run);
    }

    private void send(Map<String, String> env, int state) throws Exception {
        try (Program producer = Program.producer(directory, env, "--state", Integer.toString(state))) {
            assertThat(producer.exitCode()).as(producer.err()).isZero();
        }
    }
}
