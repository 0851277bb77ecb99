package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs below the oldest supported version. It is not named as a test, because it runs only with such a version, in the
 * profile for older clients.
 */
@Tag("too-old-client")
class TooOldClientCheck {

    static Stream<LatestStateBuilder<String>> builders() {
        return Stream.of(
                builder().subscriber("kinesis").stream("models"),
                builder().subscriber("kinesis").stream("models").setting("state.fan.out", "enhanced"),
                builder().environment(Map.of("KINESIS_STREAM", "models")));
    }

    private static LatestStateBuilder<String> builder() {
        return LatestState.builder((payload, origin) -> "any");
    }

    @ParameterizedTest
    @MethodSource("builders")
    void openNamesThePresentVersionTheRequiredOneAndWhatToChange(LatestStateBuilder<String> builder) {
        assertThatThrownBy(builder::open)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("AWS SDK " + System.getProperty("aws.sdk.too-old")
                        + " is on the class path, but state-kinesis needs 2.29 or newer. Set the version in the"
                        + " dependencyManagement of your pom: <dependency><groupId>software.amazon.awssdk</groupId>"
                        + "<artifactId>bom</artifactId><version>" + System.getProperty("aws.sdk.newest")
                        + "</version><type>pom</type><scope>import</scope></dependency>");
    }
}
