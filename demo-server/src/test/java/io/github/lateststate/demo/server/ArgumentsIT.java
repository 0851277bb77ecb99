package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.demo.web.Program;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server takes no arguments, and says so instead of starting. */
class ArgumentsIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h"})
    void helpNamesEveryVariableOfTheEnvironment(String argument) throws Exception {
        try (Program server = RunningServer.program(directory, Map.of(), argument)) {
            assertThat(server.exitCode()).isZero();
            assertThat(server.err()).isEmpty();
            assertThat(server.out())
                    .startsWith("Usage: demo-server")
                    .contains(" HOST ", " PORT ", " ALLOWED_HOSTS ", " INSTANCES ")
                    .contains(" KAFKA_TOPIC ", " KAFKA_BOOTSTRAP_SERVERS ")
                    .contains(" KAFKA_CONSUMER_GROUP_PREFIX ", " KAFKA_CREATE_TOPIC ", " KAFKA_* ")
                    .contains(" KINESIS_STREAM ", " KINESIS_CONSUMER_GROUP_PREFIX ", " KINESIS_FAN_OUT ")
                    .contains(" AWS_REGION ", " AWS_ENDPOINT_URL ");
            assertThat(server.out().lines().dropWhile(line -> !line.equals("Environment:")))
                    .as("the terminal wraps no line of the list")
                    .allMatch(line -> line.equals("Environment:") || line.startsWith("  "));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    --port 9000 --bogus | Unknown options: '--port', '9000', '--bogus'
                    --version           | Unknown option: '--version'
                    9000                | Unmatched argument at index 0: '9000'
                    """)
    void anyOtherArgumentIsRefusedInOneLineThatPointsToTheEnvironment(String arguments, String named) throws Exception {
        try (Program server = RunningServer.program(directory, Map.of(), arguments.split(" ", -1))) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.out()).isEmpty();
            assertThat(server.err())
                    .isEqualTo(named + ". The server is set by environment variables, which --help lists.\n");
        }
    }
}
