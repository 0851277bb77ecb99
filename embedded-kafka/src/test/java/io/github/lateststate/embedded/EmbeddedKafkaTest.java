package io.github.lateststate.embedded;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedKafkaTest {

    @Test
    void aBrokerKeepsItsRecordsPortAndDirectoryOverRestarts(@TempDir Path directory) throws Exception {
        int port;
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().directory(directory).start()) {
            Clients clients = Clients.of(kafka.bootstrapServers());
            clients.createTopic("state", 1);
            clients.send("state", "first");
            assertThat(clients.values("state")).containsExactly("first");
            port = kafka.port();

            kafka.restart();

            assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(clients.values("state")).containsExactly("first");
        }

        try (EmbeddedKafka another =
                EmbeddedKafka.builder().directory(directory).port(port).start()) {
            assertThat(Clients.of("localhost:" + port).values("state")).containsExactly("first");
            assertThat(another.directory()).isEqualTo(directory);
        }
    }

    @Test
    void aBrokerLeavesNoThreadAndNoTemporaryFile() throws Exception {
        Set<Thread> before = threads();
        EmbeddedKafka kafka = EmbeddedKafka.builder().start();
        Clients.of(kafka.bootstrapServers()).createTopic("state", 1);
        assertThat(kafka.directory()).isNotEmptyDirectory();

        kafka.close();

        await().pollInSameThread().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
        assertThat(kafka.directory()).doesNotExist();
    }

    @Test
    void aBrokerStopsAndClosesTwiceButDoesNotStartAfterClose() {
        EmbeddedKafka kafka = EmbeddedKafka.builder().start();
        kafka.start();
        kafka.stop();
        kafka.stop();
        kafka.close();
        kafka.close();
        assertThatThrownBy(kafka::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPortInUseIsNamed(@TempDir Path directory) throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatExceptionOfType(PortInUseException.class)
                    .isThrownBy(() -> EmbeddedKafka.builder()
                            .directory(directory)
                            .port(other.getLocalPort())
                            .start())
                    .withMessageContaining("127.0.0.1:" + other.getLocalPort())
                    .satisfies(e -> assertThat(e.host()).isEqualTo("127.0.0.1"))
                    .satisfies(e -> assertThat(e.port()).isEqualTo(other.getLocalPort()));
        }
        assertThat(directory).as("nothing was started").isEmptyDirectory();
    }

    @Test
    void aBrokerThatCannotStartLeavesThisJvmAliveAndFreeToEnd() {
        Set<Thread> before = threads();
        BrokerBuilder<EmbeddedKafka> broken =
                EmbeddedKafka.builder().property("authorizer.class.name", "no.such.Class");

        assertThatThrownBy(broken::start)
                .isInstanceOf(BrokerNotStartedException.class)
                .hasMessageContaining("no.such.Class");

        await().pollInSameThread()
                .untilAsserted(() -> assertThat(threads())
                        .filteredOn(thread -> !thread.isDaemon())
                        .isSubsetOf(before));
    }

    @Test
    void aDirectoryInUseIsRefusedAndItsBrokerGoesOn(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka first = EmbeddedKafka.builder().directory(directory).start()) {
            Clients clients = Clients.of(first.bootstrapServers());
            clients.createTopic("state", 1);

            Path election = directory.resolve("metadata/__cluster_metadata-0/quorum-state");
            String before = Files.readString(election);
            BrokerBuilder<EmbeddedKafka> second = EmbeddedKafka.builder().directory(directory);
            assertThatThrownBy(second::start)
                    .isInstanceOf(BrokerNotStartedException.class)
                    .hasMessageContaining("using this directory");
            assertThat(election).as("no second controller was elected").hasContent(before);

            clients.createTopic("another", 1);
            first.restart();
            clients.send("another", "first");
        }
    }

    @Test
    void aPropertyWinsOverTheDefaults() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder()
                .property("auto.create.topics.enable", "true")
                .start()) {
            Clients.of(kafka.bootstrapServers()).send("never-created", "first");
        }
    }

    @Test
    void propertiesThatFollowFromTheBuilderAreRefused() {
        assertThatThrownBy(() -> EmbeddedKafka.builder().property("log.dirs", "/elsewhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("log.dirs");
    }

    @Test
    void temporaryDirectoriesOfFailedStartsAreDeleted() {
        BrokerBuilder<EmbeddedKafka> broken = EmbeddedKafka.builder().property("num.partitions", "many");
        assertThatExceptionOfType(BrokerNotStartedException.class)
                .isThrownBy(broken::start)
                .satisfies(e -> assertThat(e.directory()).doesNotExist());
    }

    /** Without the daemon threads of Kafka's metrics library, which start once and live as long as the JVM. */
    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("metrics-meter-tick-thread"))
                .collect(toSet());
    }
}
