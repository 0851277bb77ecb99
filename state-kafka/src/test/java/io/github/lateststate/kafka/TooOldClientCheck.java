package io.github.lateststate.kafka;

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
                States.following("topic", "127.0.0.1:9"),
                States.following("topic", "127.0.0.1:9").setting("state.share.clients", "true"),
                LatestState.<String>builder((payload, origin) -> "any").environment(Map.of("KAFKA_TOPIC", "topic")));
    }

    @ParameterizedTest
    @MethodSource("builders")
    void openNamesThePresentVersionTheRequiredOneAndWhatToChange(LatestStateBuilder<String> builder) {
        assertThatThrownBy(builder::open)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("kafka-clients " + System.getProperty("kafka.clients.too-old")
                        + " is on the class path, but state-kafka needs 3.1 or newer. Set the version in your pom: "
                        + "<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>"
                        + System.getProperty("kafka.clients.newest") + "</version></dependency>");
    }
}
