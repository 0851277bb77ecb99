package io.github.lateststate.demo.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void helpNamesEveryOptionAndTheEnvironment() {
        Run run = Run.of(Map.of(), "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("--count=N", "--interval=TIME", "--state=N", "KAFKA_TOPIC", "KAFKA_BOOTSTRAP_SERVERS");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    --count 0       | not a number of messages: write 1 or more
                    --count -1      | not a number of messages: write 1 or more
                    --count many    | not a number of messages: write 1 or more
                    --interval 1    | not an interval: write for example 500ms, 1s or 2m
                    --interval 1d   | not an interval: write for example 500ms, 1s or 2m
                    --interval PT-1S| not an interval: write for example 500ms, 1s or 2m
                    --interval -1s  | not an interval: write for example 500ms, 1s or 2m
                    --state high    | Invalid value for option '--state': 'high' is not an int
                    --stat 5        | Unknown option
                    --count         | Missing required parameter for option '--count' (N)
                    more            | Unmatched argument at index 0: 'more'
                    """)
    void aWrongArgumentIsNamedInOneLineBeforeTheUsage(String arguments, String complaint) {
        Run run = Run.of(Map.of(), arguments.split(" ", -1));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().findFirst().orElseThrow()).contains(complaint);
        assertThat(run.err().lines().skip(1)).anyMatch(line -> line.startsWith("Usage: demo-producer"));
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "1s,PT1S", "2m,PT2M", "3h,PT3H", "0s,PT0S", "PT1.5S,PT1.5S", "pt2h,PT2H"})
    void anIntervalIsShortOrIso(String text, Duration interval) {
        assertThat(new IntervalConverter().convert(text)).isEqualTo(interval);
    }

    @Test
    void twoStreamsAreRefused() {
        Run run = Run.of(Map.of("KAFKA_TOPIC", "models", "KINESIS_STREAM", "models"));

        assertThat(run)
                .isEqualTo(new Run(
                        1, "", "Both KAFKA_TOPIC and KINESIS_STREAM are set: choose one, and unset the other.\n"));
    }
}
