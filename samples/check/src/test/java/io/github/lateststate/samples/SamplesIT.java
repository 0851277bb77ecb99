package io.github.lateststate.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The samples on a real broker, seen from outside. */
class SamplesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static Broker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startTheBroker() throws Exception {
        broker = new Broker();
    }

    @AfterAll
    static void stopTheBroker() {
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    void theProgramServesTheLastMessageAlsoWhileTheBrokerIsAwayAndStopsOnRequest(Sample sample) throws Exception {
        broker.publish("{\"state\":5}");
        try (RunningSample program = new RunningSample(sample.command(), Path.of("."), broker, folder.resolve("log"))) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(program.body("/state"))
                            .as(() -> log(program))
                            .startsWith("{"));
            assertThat(program.body("/state")).as("the first answer").isEqualTo("{\"state\":5}");
            assertThat(program.get(sample.readiness).statusCode()).isEqualTo(200);
            assertThat(program.body(sample.readiness)).contains("LIVE");
            assertThat(program.body(sample.metrics)).contains("latest_state_phase{");

            broker.publish("{\"state\":6}");
            await().atMost(PATIENCE).until(() -> program.body("/state").equals("{\"state\":6}"));

            broker.kill();
            await().atMost(PATIENCE).until(() -> program.header("X-State-Phase").equals("INTERRUPTED"));
            assertThat(program.body("/state")).isEqualTo("{\"state\":6}");
            assertThat(program.get(sample.readiness).statusCode()).isEqualTo(200);

            broker.startAgain();
            await().atMost(PATIENCE).until(() -> program.header("X-State-Phase").equals("LIVE"));
            assertThat(program.stop()).as(() -> log(program)).isTrue();
            assertThat(program.log()).doesNotContain("ERROR");
        }
    }

    @ParameterizedTest
    @EnumSource
    void inDevModeAChangeIsServedAndTheStateOfTheOldCodeIsClosed(Sample sample) throws Exception {
        broker.publish("{\"state\":7}");
        Path copy = copy(sample.folder, folder.resolve("copy"));
        try (RunningSample program = new RunningSample(sample.devCommand(), copy, broker, folder.resolve("log"))) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(program.body("/state"))
                            .as(() -> log(program))
                            .isEqualTo("{\"state\":7}"));
            assertThat(program.header("Cache-Control")).isEqualTo("no-cache");

            Path source = sample.source(copy);
            Files.writeString(source, Files.readString(source).replace("no-cache", "no-store"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(program.header("Cache-Control"))
                            .as(() -> log(program))
                            .isEqualTo("no-store"));
            assertThat(program.body("/state")).isEqualTo("{\"state\":7}");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(program.threads())
                            .filteredOn(name -> name.equals("latest-state-kafka-" + Broker.TOPIC))
                            .hasSize(1));
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(file -> !file.startsWith(from.resolve("target")))
                    .toList()) {
                Files.createDirectories(to.resolve(from.relativize(file)).getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, to.resolve(from.relativize(file)));
                }
            }
        }
        return to;
    }

    private static String log(RunningSample program) {
        try {
            return program.log();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
