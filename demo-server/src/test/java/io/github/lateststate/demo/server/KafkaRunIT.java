package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.demo.web.Program;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server on a broker that the environment names. */
class KafkaRunIT {

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
    void anInstanceThatStartsLaterShowsWhatWasSentBefore() throws Exception {
        try (RunningServer first = RunningServer.start(directory, env("later"))) {
            first.awaitReady();
            send("later", 41);
            first.awaitState(41);

            try (RunningServer second = RunningServer.start(directory, env("later"))) {
                second.awaitState(41);
                send("later", 42);
                first.awaitState(42);
                second.awaitState(42);
            }
        }
    }

    @Test
    void theServerStaysReadyDuringAnOutageAndServesTheLastKnownState() throws Exception {
        try (RunningServer server = RunningServer.start(directory, env("outage"))) {
            server.awaitReady();
            send("outage", 43);
            server.awaitState(43);

            kafka.stop();
            try {
                server.awaitPhase("INTERRUPTED");

                HttpResponse<String> ready = server.get("/health/ready");
                assertThat(ready.statusCode()).isEqualTo(200);
                assertThat(ready.body()).contains("\"phase\":\"INTERRUPTED\"", "\"since\":\"20");
                assertThat(server.get("/state").body()).isEqualTo("{\"state\":43}");
            } finally {
                kafka.start();
            }
            server.awaitPhase("LIVE");
            send("outage", 44);
            server.awaitState(44);
        }
    }

    @Test
    void withoutABrokerTheServerAnswersSaysWhyItIsNotReadyAndStopsInTime() throws Exception {
        // bound, so that nobody else can have the port, but not listening
        try (Socket unused = new Socket()) {
            unused.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String broker = "127.0.0.1:" + unused.getLocalPort();
            Map<String, String> env = Map.of("KAFKA_TOPIC", "away", "KAFKA_BOOTSTRAP_SERVERS", broker);

            try (RunningServer server = RunningServer.start(directory, env)) {
                assertThat(server.get("/state").body()).isEqualTo("{\"state\":0}");
                assertThat(server.get("/health/live").statusCode()).isEqualTo(200);
                HttpResponse<String> ready = server.get("/health/ready");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).contains("\"detail\":\"Not ready: ");
                server.assertStopsInTime();
            }
        }
    }

    @Test
    void theEnvironmentCanForbidToCreateTheTopic() throws Exception {
        Map<String, String> env = new HashMap<>(env("forbidden"));
        env.put("KAFKA_CREATE_TOPIC", "false");

        try (RunningServer server = RunningServer.start(directory, env)) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(server.get("/health/ready").body())
                            .contains("\"status\":503", "\"phase\":\"INTERRUPTED\"", "forbidden"));

            try (Program producer = Program.producer(directory, env)) {
                assertThat(producer.exitCode()).isEqualTo(1);
                assertThat(producer.err()).startsWith("There is no topic 'forbidden'");
            }
        }
    }

    private void send(String topic, int state) throws Exception {
        try (Program producer = Program.producer(directory, env(topic), "--state", Integer.toString(state))) {
            assertThat(producer.exitCode()).as(producer.err()).isZero();
        }
    }

    private static Map<String, String> env(String topic) {
        return Map.of("KAFKA_TOPIC", topic, "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    }
}
