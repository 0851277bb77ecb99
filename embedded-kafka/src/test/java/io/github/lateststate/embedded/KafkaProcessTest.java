package io.github.lateststate.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaProcessTest {

    @Test
    void aKilledBrokerStartsAgainWithEveryAcknowledgedRecord() throws Exception {
        try (KafkaProcess kafka = KafkaProcess.builder().start()) {
            Clients clients = Clients.of(kafka.bootstrapServers());
            clients.createTopic("state", 1);
            clients.send("state", "first");

            kafka.kill();
            kafka.start();

            assertThat(clients.values("state")).containsExactly("first");

            kafka.stop();
            kafka.start();

            assertThat(clients.values("state")).containsExactly("first");
        }
    }

    @Test
    void aFrozenBrokerDoesNotAnswerUntilItIsResumed() throws Exception {
        try (KafkaProcess kafka = KafkaProcess.builder().start()) {
            Clients clients = Clients.of(kafka.bootstrapServers());
            clients.createTopic("state", 1);
            try (KafkaProducer<String, String> producer = clients.producer()) {
                producer.send(new ProducerRecord<>("state", "before")).get(30, SECONDS);

                kafka.freeze();
                Future<RecordMetadata> sent = producer.send(new ProducerRecord<>("state", "while frozen"));
                assertThatThrownBy(() -> sent.get(1, SECONDS)).isInstanceOf(TimeoutException.class);

                kafka.resume();
                sent.get(30, SECONDS);
            }
            assertThat(clients.values("state")).containsExactly("before", "while frozen");

            kafka.freeze();
        }
    }

    @Test
    void aBrokerThatCannotStartSaysWhy() {
        BrokerBuilder<KafkaProcess> broken = KafkaProcess.builder().property("num.partitions", "many");
        assertThatThrownBy(broken::start)
                .isInstanceOf(BrokerNotStartedException.class)
                .hasMessageContaining("num.partitions");
    }

    @Test
    void nobodyElseCanReadThePropertiesOfABrokerInAGivenDirectory(@TempDir Path directory) throws Exception {
        Path properties = Files.createFile(directory.resolve("server.properties"));
        Files.setPosixFilePermissions(properties, PosixFilePermissions.fromString("rw-r--r--"));

        try (KafkaProcess kafka = KafkaProcess.builder()
                .directory(directory)
                .property("listener.name.plaintext.test.password", "secret")
                .start()) {
            assertThat(kafka.directory()).isEqualTo(directory);
            assertThat(properties).content().contains("secret");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(properties)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void theBrokerEndsWhenTheJvmThatStartedItIsKilled(@TempDir Path directory) throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                Parent.class.getName(),
                directory.toString());
        command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process parent = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            ProcessHandle broker =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();

            parent.destroyForcibly();

            broker.onExit().get(10, SECONDS);
        }
    }

    /** Starts a broker and then waits for ever. */
    static final class Parent {

        private Parent() {}

        public static void main(String[] arguments) {
            KafkaProcess kafka =
                    KafkaProcess.builder().directory(Path.of(arguments[0])).start();
            System.out.println(kafka.pid());
            await().forever().until(() -> false);
        }
    }
}
