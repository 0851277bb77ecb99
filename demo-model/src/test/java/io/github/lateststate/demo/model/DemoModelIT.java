package io.github.lateststate.demo.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.demo.producer.Publisher;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both commands of the runnable jar, on a broker that the environment names. */
class DemoModelIT {

    private static EmbeddedKafka kafka;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.builder().start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void aTrainedVersionIsServedAndABadVersionChangesNothing() throws Exception {
        Map<String, String> env = env("swapped");
        Artifacts artifacts = new Artifacts(directory.resolve("models"));
        try (ModelProcess server = ModelProcess.serve(directory, env)) {
            server.awaitLookBack();
            assertThat(server.get("/health/ready").statusCode()).isEqualTo(503);

            assertThat(ModelProcess.train(directory, env, "first"))
                    .contains("Trained version first on 150 flowers", "{\"version\":\"first\",\"uri\":\"file:///");
            server.awaitVersion("first");
            server.awaitReady();
            ModelProcess.train(directory, env, "second");
            server.awaitVersion("second");

            publish(env, artifacts.withWrongChecksum("wrong", 7));
            server.awaitRefused("wrong");
            assertThat(server.model().at("/lastFailure/cause").asText()).startsWith("Wrong checksum: ");
            publish(env, artifacts.version("corrupt", "no model".getBytes(UTF_8)));
            server.awaitRefused("corrupt");
            assertThat(server.predictedBy()).isEqualTo("second");
            server.awaitReady();

            ModelProcess.train(directory, env, "third");
            server.awaitVersion("third");
            server.assertStopsInTime();
            assertThat(server.complaints()).isEmpty();
        }
    }

    @Test
    void theNextStartNeedsNoBrokerWithASnapshot() throws Exception {
        Map<String, String> env = new HashMap<>(env("remembered"));
        env.put("MODEL_SNAPSHOT", directory.resolve("models.snapshot").toString());
        try (ModelProcess server = ModelProcess.serve(directory, env)) {
            server.awaitLookBack();
            ModelProcess.train(directory, env, "remembered");
            server.awaitVersion("remembered");
            server.assertStopsInTime();
        }
        kafka.stop();
        try (ModelProcess server = ModelProcess.serve(directory, env)) {
            server.awaitVersion("remembered");
        } finally {
            kafka.start();
        }
    }

    private static void publish(Map<String, String> env, ModelRef ref) {
        try (Publisher publisher = Publisher.connect(env)) {
            publisher.publish(ref.json());
        }
    }

    private Map<String, String> env(String topic) {
        return Map.of(
                "KAFKA_TOPIC",
                topic,
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "MODEL_STORE",
                directory.resolve("models").toString());
    }
}
