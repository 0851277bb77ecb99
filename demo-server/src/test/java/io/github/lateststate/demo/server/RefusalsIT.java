package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.demo.web.Program;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that cannot run says so in one line, and its exit code is 1. */
class RefusalsIT {

    private static final Map<String, String> TWO_STREAMS = Map.of("KAFKA_TOPIC", "models", "KINESIS_STREAM", "models");

    @TempDir
    private Path directory;

    @Test
    void theServersPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program server = server(Map.of("PORT", Integer.toString(taken.getLocalPort())))) {
            assertRefuses(server, "Cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void theServersPortIsMalformed() throws Exception {
        try (Program server = server(Map.of("PORT", "http"))) {
            assertRefuses(server, "PORT is not a port");
        }
    }

    @Test
    void theServerRefusesAnInstanceThatHasNoAddress() throws Exception {
        try (Program server = server(Map.of("INSTANCES", "localhost:8001"))) {
            assertRefuses(server, "INSTANCES holds something that is not an address");
        }
    }

    @Test
    void theServerRefusesTwoStreams() throws Exception {
        try (Program server = server(TWO_STREAMS)) {
            assertRefuses(server, "more than one stream: kafka 'models' and kinesis 'models'. Choose one");
        }
    }

    @Test
    void theServerRefusesAValueThatIsNeitherTrueNorFalse() throws Exception {
        try (Program server = server(Map.of("KAFKA_TOPIC", "models", "KAFKA_CREATE_TOPIC", "perhaps"))) {
            assertRefuses(server, "KAFKA_CREATE_TOPIC");
        }
    }

    @Test
    void theProducerRefusesTwoStreams() throws Exception {
        try (Program producer = Program.producer(directory, TWO_STREAMS)) {
            assertRefuses(producer, "Both KAFKA_TOPIC and KINESIS_STREAM are set: choose one");
        }
    }

    @Test
    void theProducersKinesisIsAway() throws Exception {
        // bound, so that nobody else can have the port, but not listening
        try (Socket unused = new Socket()) {
            unused.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Map<String, String> env = KinesisRunIT.environment("away", unused.getLocalPort());

            try (Program producer = Program.producer(directory, env)) {
                assertThat(producer.exitCode(Duration.ofSeconds(10))).isEqualTo(1);
                assertRefuses(producer, "Kinesis is away: no answer about stream 'away' in region us-east-1");
            }
        }
    }

    @Test
    void theProducersBrokerIsAway() throws Exception {
        // bound, so that nobody else can have the port, but not listening
        try (Socket unused = new Socket()) {
            unused.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String broker = "127.0.0.1:" + unused.getLocalPort();

            try (Program producer = Program.producer(directory, Map.of("KAFKA_BOOTSTRAP_SERVERS", broker))) {
                assertThat(producer.exitCode(Duration.ofSeconds(10))).isEqualTo(1);
                assertRefuses(producer, "Kafka is away: no answer from " + broker);
            }
        }
    }

    private Program server(Map<String, String> env) throws Exception {
        return RunningServer.program(directory, env);
    }

    private static void assertRefuses(Program program, String line) throws Exception {
        assertThat(program.exitCode()).isEqualTo(1);
        assertThat(program.out()).isEmpty();
        assertThat(program.err().lines()).singleElement().asString().contains(line);
    }
}
