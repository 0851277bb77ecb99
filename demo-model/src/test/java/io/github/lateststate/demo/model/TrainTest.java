package io.github.lateststate.demo.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases that need no broker. The rest is in DemoModelIT. */
class TrainTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "--version, ../7, --version is not valid",
        "--examples, 29, --examples is 29",
        "--examples, many, many",
        "--seed, x, x",
        "--served-at, /models, --served-at is not valid",
        "--served-at, ftp://host/models, --served-at is not valid"
    })
    void aWrongArgumentIsNamedAndTheUsageIsShown(String option, String value, String because) {
        assertThat(run(Map.of(), "train", option, value)).isEqualTo(2);
        assertThat(err.toString()).contains(because, "Usage: demo-model train");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void withoutACommandTheUsageIsShown() {
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(err.toString()).contains("serve or train.", "Usage: demo-model ");
    }

    @Test
    void bothCommandsExplainThemselves() {
        assertThat(run(Map.of(), "serve", "--help")).isZero();
        assertThat(run(Map.of(), "train", "--help")).isZero();
        assertThat(out.toString()).contains("POST /predict", "MODEL_SNAPSHOT", "--served-at", "MODEL_STORE");
    }

    @Test
    void withoutABrokerNothingIsTrainedAndNoFileIsWritten() throws Exception {
        // bound, so that nobody else can have the port, but not listening
        try (Socket unused = new Socket()) {
            unused.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String broker = "127.0.0.1:" + unused.getLocalPort();

            assertThat(run(Map.of("KAFKA_BOOTSTRAP_SERVERS", broker), "train", "--to", folder.toString()))
                    .isEqualTo(1);
        }
        assertThat(err.toString().lines()).singleElement().asString().startsWith("Kafka is away: no answer from ");
        assertThat(folder).isEmptyDirectory();
    }

    private int run(Map<String, String> env, String... arguments) {
        return DemoModel.commandLine(env, new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }
}
