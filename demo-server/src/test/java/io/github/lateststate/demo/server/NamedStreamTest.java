package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NamedStreamTest {

    @Test
    void aTopicIsAStream() {
        assertThat(NamedStream.isIn(Map.of("KAFKA_TOPIC", "models"))).isTrue();
    }

    @Test
    void anEmptyEnvironmentOrAnEmptyVariableNamesNone() {
        assertThat(NamedStream.isIn(Map.of())).isFalse();
        assertThat(NamedStream.isIn(Map.of("KAFKA_TOPIC", "", "KINESIS_STREAM", "")))
                .isFalse();
    }

    @Test
    void twoStreamsAreOneTooMany() {
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> NamedStream.isIn(Map.of("KAFKA_TOPIC", "models", "KINESIS_STREAM", "models")))
                .withMessage("Both KAFKA_TOPIC and KINESIS_STREAM are set: choose one, and unset the other.");
    }

    @Test
    void aStreamThatNothingCanFollowIsNotAReasonToFollowAnother() {
        assertThatExceptionOfType(CannotStartException.class)
                .isThrownBy(() -> NamedStream.isIn(Map.of("KINESIS_STREAM", "models")))
                .withMessageContaining("cannot follow Kinesis");
    }
}
