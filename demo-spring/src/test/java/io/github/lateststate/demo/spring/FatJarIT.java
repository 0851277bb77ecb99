package io.github.lateststate.demo.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program as users start it, with the broker of the default run. */
class FatJarIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--spring.threads.virtual.enabled=true", "--spring.main.lazy-initialization=true"})
    void theJarServesWhatItsOwnBrokerReceivesAndStopsOnRequest(String option) throws Exception {
        int port = freePort();
        int brokerPort = freePort();
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        if (Runtime.version().feature() >= 24) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // see docs/compatibility.md
        }
        command.addAll(List.of(
                "-jar",
                System.getProperty("demo.spring.jar"),
                "--server.port=" + port,
                "--demo.broker.port=" + brokerPort,
                option));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("KAFKA_"));
        Process program =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(
                            () -> assertThat(state(port)).as(() -> read(log)).isEqualTo("{\"state\":0}"));
            send(brokerPort, "{\"state\":96}");
            await().atMost(Duration.ofSeconds(30)).until(() -> state(port).equals("{\"state\":96}"));
            program.destroy();
            assertThat(program.waitFor(60, TimeUnit.SECONDS))
                    .as(() -> read(log))
                    .isTrue();
            assertThat(read(log))
                    .contains("Graceful shutdown complete")
                    .doesNotContain("ERROR", "No contact", "WARNING:");
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    /** Java 24 and newer would warn, when a record is compressed. */
    @Test
    void theJarAllowsKafkasNativeCode() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("demo.spring.jar"))) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Enable-Native-Access"))
                    .isEqualTo("ALL-UNNAMED");
        }
    }

    private static String state(int port) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/state"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "no answer yet: " + e;
        }
    }

    private static void send(int brokerPort, String payload) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + brokerPort, "compression.type", "zstd"), // native code
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("state", "state", payload)).get();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
