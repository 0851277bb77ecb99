package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.lateststate.demo.web.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both programs without any setting, as a new user runs them. The server's broker needs port 9092. */
class DefaultRunIT {

    private static final Pattern SENT = Pattern.compile("Sending message with value: "
            + "\\{\"message_id\":\"\\d{1,5}\",\"text\":\"some text\",\"state\":(\\d{1,3})}\n");

    @TempDir
    private Path directory;

    @Test
    void theServerShowsTheNumberThatTheProducerPrintsAndStopsInTime() throws Exception {
        try (ServerSocket port = broker()) {
            assertThat(port.isBound()).isTrue();
        }
        try (RunningServer server = RunningServer.start(directory, Map.of())) {
            server.awaitReady();
            assertThat(server.get("/state").body()).isEqualTo("{\"state\":0}");

            server.awaitState(sendOne());
            server.awaitState(sendOne());

            server.assertStopsInTime();
            assertThat(server.complaints()).isEmpty();
            assertThat(server.log().lines())
                    .hasSizeBetween(4, 8)
                    .allSatisfy(line -> assertThat(line).contains(" INFO "))
                    .anySatisfy(line -> assertThat(line).contains("java -jar demo-producer/target/demo-producer-"));
            assertThat(dataDirectory(server.log())).doesNotExist();
        }
    }

    @Test
    void theServerNamesTheBrokersTakenPortInOneLineAndEnds() throws Exception {
        try (ServerSocket taken = broker();
                Program server = RunningServer.program(directory, Map.of())) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.out()).isEmpty();
            assertThat(server.err().lines())
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1:" + taken.getLocalPort(), "in use", "set KAFKA_TOPIC=state");
        }
    }

    private static ServerSocket broker() {
        try {
            return new ServerSocket(9092, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            return fail("These tests need port 9092 of 127.0.0.1: stop what listens there, and run them again.", e);
        }
    }

    private int sendOne() throws Exception {
        // compression is native code, which Java 24 and newer warn about unless a jar allows it
        try (Program producer = Program.producer(directory, Map.of("KAFKA_COMPRESSION_TYPE", "zstd"))) {
            assertThat(producer.exitCode()).as(producer.err()).isZero();
            assertThat(producer.err()).isEmpty();
            Matcher sent = SENT.matcher(producer.out());
            assertThat(sent.matches()).as(producer.out()).isTrue();
            return Integer.parseInt(sent.group(1));
        }
    }

    private static Path dataDirectory(String log) {
        Matcher named = Pattern.compile("when the server stops \\((.+)\\)").matcher(log);
        assertThat(named.find()).isTrue();
        return Path.of(named.group(1));
    }
}
