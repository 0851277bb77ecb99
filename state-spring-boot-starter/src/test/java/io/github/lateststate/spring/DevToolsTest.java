package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.embedded.EmbeddedKafka;
import io.github.lateststate.embedded.TlsStores;
import io.github.lateststate.spring.restarted.RestartedApplication;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With DevTools in a JVM of its own, as DevTools restarts nothing in a test. On a real broker with TLS. */
class DevToolsTest {

    @TempDir
    private Path folder;

    @Test
    void afterARestartTheApplicationsNewClassesReceiveTheState() throws Exception {
        TlsStores stores = TlsStores.create(folder);
        Path log = folder.resolve("log");
        try (EmbeddedKafka kafka = EmbeddedKafka.builder()
                .listener("TLS", SecurityProtocol.SSL, stores.brokerProperties())
                .start()) {
            sendTo(kafka.bootstrapServers());
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-cp",
                            ownFolder() + File.pathSeparator + System.getProperty("surefire.test.class.path"),
                            RestartedApplication.class.getName(),
                            "--spring.main.web-application-type=none",
                            "--spring.devtools.livereload.enabled=false",
                            "--spring.kafka.bootstrap-servers=" + kafka.bootstrapServers("TLS"),
                            "--spring.kafka.security.protocol=SSL",
                            "--spring.kafka.ssl.bundle=brokers",
                            "--spring.ssl.bundle.jks.brokers.truststore.location=file:"
                                    + stores.clientProperties().get("ssl.truststore.location"),
                            "--spring.ssl.bundle.jks.brokers.truststore.password="
                                    + stores.clientProperties().get("ssl.truststore.password"),
                            "--spring.ssl.bundle.jks.brokers.truststore.type=PKCS12",
                            "--latest-state.states.model.subscriber=kafka",
                            "--latest-state.states.model.stream=models",
                            "--latest-state.states.model.await-ready=1m")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                assertThat(program.waitFor(3, TimeUnit.MINUTES)).isTrue();
            } finally {
                program.destroyForcibly().waitFor();
            }
        }
        String line = RestartedApplication.PREFIX + "churn 7 by RestartClassLoader";
        assertThat(Files.readAllLines(log))
                .filteredOn(each -> each.startsWith(RestartedApplication.PREFIX))
                .as(() -> read(log))
                .containsExactly(line, line);
    }

    /** The application's classes in a folder, where DevTools expects what changes. They may be in a jar here. */
    private Path ownFolder() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        for (String file : RestartedApplication.FILES) {
            try (InputStream from = Objects.requireNonNull(getClass().getResourceAsStream("/" + file))) {
                Files.createDirectories(classes.resolve(file).getParent());
                Files.copy(from, classes.resolve(file));
            }
        }
        // the starter is in a jar for its users, and DevTools reloads no jar
        Files.createDirectories(classes.resolve("META-INF"));
        Files.writeString(
                classes.resolve("META-INF/spring-devtools.properties"),
                "restart.exclude.starter=/state-spring-boot-[^/]*/target/classes/");
        return classes;
    }

    static void sendTo(String servers) throws Exception {
        Map<String, Object> connection = Map.of("bootstrap.servers", servers);
        try (Admin admin = Admin.create(connection)) {
            admin.createTopics(List.of(new NewTopic("models", 1, (short) 1)))
                    .all()
                    .get();
        }
        try (var producer = new KafkaProducer<>(connection, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("models", "{\"name\": \"churn\", \"version\": 7}"))
                    .get();
        }
    }

    static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
