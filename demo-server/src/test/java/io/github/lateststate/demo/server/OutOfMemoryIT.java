package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.demo.web.Program;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that does not fit into the server's heap, though it is small while compressed. */
class OutOfMemoryIT {

    private static EmbeddedKafka kafka;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startBroker() throws Exception {
        kafka = EmbeddedKafka.builder().start();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("large", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void theServerAnswersSaysThatMemoryRanOutAndGoesOnWithTheNextRecord() throws Exception {
        send(41);
        sendWhatDoesNotFit();
        try (RunningServer server = RunningServer.start(directory, env(Map.of("JAVA_TOOL_OPTIONS", "-Xmx96m")))) {
            awaitMemoryRanOut(server, 503);
            assertThat(server.get("/state").body()).isEqualTo("{\"state\":0}");

            send(42);
            server.awaitState(42);
            server.awaitPhase("LIVE");

            sendWhatDoesNotFit();
            server.awaitPhase("INTERRUPTED");
            awaitMemoryRanOut(server, 200);
            assertThat(server.get("/state").body()).isEqualTo("{\"state\":42}");

            send(43);
            server.awaitState(43);
            server.awaitPhase("LIVE");
            server.assertStopsInTime();
        }
    }

    private static void awaitMemoryRanOut(RunningServer server, int ready) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            HttpResponse<String> answer = server.get("/health/ready");
            assertThat(answer.statusCode()).isEqualTo(ready);
            assertThat(answer.body()).contains("Memory ran out while reading topic 'large'");
            assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
        });
    }

    private void send(int state) throws Exception {
        try (Program producer = Program.producer(directory, env(Map.of()), "--state", Integer.toString(state))) {
            assertThat(producer.exitCode()).as(producer.err()).isZero();
        }
    }

    private static void sendWhatDoesNotFit() throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "compression.type", "zstd",
                "max.request.size", "200000000",
                "buffer.memory", "200000000");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("large", new byte[150_000_000])).get();
        }
    }

    private static Map<String, String> env(Map<String, String> more) {
        Map<String, String> env = new HashMap<>(more);
        env.put("KAFKA_TOPIC", "large");
        env.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        return env;
    }
}
