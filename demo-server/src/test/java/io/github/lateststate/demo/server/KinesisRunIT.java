package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lateststate.demo.web.Program;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both programs on Kinesis, chosen by the environment alone. */
class KinesisRunIT {

    @TempDir
    private Path directory;

    @Test
    void theServerShowsWhatTheProducerSendsAndAnInstanceThatStartsLaterToo() throws Exception {
        assumeTrue(
                KinesisEmulator.isInstalled() || Boolean.parseBoolean(System.getenv("CI")),
                "needs Node: the build could not install kinesis-mock with npm");
        try (KinesisEmulator kinesis = KinesisEmulator.start("models", directory.resolve("kinesis.log"))) {
            Map<String, String> env = environment("models", kinesis.port());
            try (RunningServer first = RunningServer.start(directory, env)) {
                first.awaitReady();
                assertThat(first.get("/state").body()).isEqualTo("{\"state\":0}");
                send(env, 41);
                first.awaitState(41);

                try (RunningServer second = RunningServer.start(directory, env)) {
                    second.awaitState(41);
                    send(env, 42);
                    first.awaitState(42);
                    second.awaitState(42);
                    second.assertStopsInTime();
                }
                first.assertStopsInTime();
                assertThat(first.complaints()).isEmpty();
            }
        }
    }

    static Map<String, String> environment(String stream, int port) {
        return Map.of(
                "KINESIS_STREAM", stream,
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + port,
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "any",
                "AWS_SECRET_ACCESS_KEY", "any");
    }

    private void send(Map<String, String> env, int state) throws Exception {
        try (Program producer = Program.producer(directory, env, "--state", Integer.toString(state))) {
            assertThat(producer.exitCode()).as(producer.err()).isZero();
            assertThat(producer.out()).contains("\"state\":" + state);
        }
    }
}
