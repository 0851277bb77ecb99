package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.SubscriptionSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationsTest {

    private static final KafkaSettings SETTINGS = KafkaSettings.of(new SubscriptionSettings(
            "models",
            Map.of("bootstrap.servers", "broker:9092", "sasl.jaas.config", "LoginModule required password=secret;")));

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(new SaslAuthenticationException("cause"), "check sasl.jaas.config and sasl.mechanism"),
                Arguments.of(new SslAuthenticationException("cause"), "check ssl.truststore.location"),
                Arguments.of(new TopicAuthorizationException("cause"), "grant this user READ on topic 'models'"),
                Arguments.of(new InvalidTopicException("cause"), "The name of topic 'models' is not valid: fix it"),
                Arguments.of(
                        new UnsupportedVersionException("cause"),
                        "broker:9092 is too old for this version of kafka-clients: update the broker"),
                Arguments.of(
                        new TimeoutException("cause"),
                        "No answer from broker:9092 about topic 'models': check bootstrap.servers and the network"),
                Arguments.of(
                        new IllegalStateException("cause"), "Unexpected error with topic 'models' at broker:9092"));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void troubleIsExplainedByWhatToDoAndTheCause(Throwable cause, String advice) {
        KafkaException explained = Explanations.of(new CompletionException(cause), SETTINGS);
        assertThat(explained)
                .hasMessageContaining(advice)
                .hasMessageContaining("cause")
                .hasCause(cause);
        assertThat(explained.getMessage()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE, grant this user CREATE on topic 'models'",
        "DESCRIBE, grant this user DESCRIBE on topic 'models'"
    })
    void troubleNamesTheMissingRight(String right, String advice) {
        CompletableFuture<Void> refused = MissingRight.named(
                right, CompletableFuture.failedFuture(new TopicAuthorizationException(Set.of("models"))));
        assertThat(Explanations.of(refused.handle((none, thrown) -> thrown).join(), SETTINGS))
                .hasMessageContaining(advice)
                .cause()
                .isInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void troubleRepeatsNoValueOfASetting() {
        Throwable quoting = new KafkaException(
                "Failed to construct", new IllegalArgumentException("Invalid control flag 'secret' in JAAS config"));
        KafkaException explained = Explanations.of(quoting, SETTINGS);
        assertThat(explained).hasMessageContaining("Invalid control flag '<sasl.jaas.config>' in JAAS config");
        assertThat(explained).hasStackTraceContaining("<sasl.jaas.config>");
        StringWriter trace = new StringWriter();
        explained.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("secret");
    }

    @Test
    void anExceptionThatOnlyNamesAPartitionIsExplainedByItsCause() {
        Throwable cause = new KafkaException("partition 3", new TimeoutException("late"));
        assertThat(Explanations.of(cause, SETTINGS))
                .hasMessageContaining("No answer from broker:9092")
                .hasMessageContaining("partition 3");
    }

    @Test
    void troubleIsFinalIfNoRetryCanFixIt() {
        assertThat(Explanations.isFinal(new InvalidTopicException("bad name"))).isTrue();
        assertThat(Explanations.isFinal(new UnsupportedVersionException("too old")))
                .isTrue();
        assertThat(Explanations.isFinal(new NoClassDefFoundError("some/Login"))).isTrue();
    }

    @Test
    void troubleIsNotFinalIfSomeoneElseCanFixIt() {
        assertThat(Explanations.isFinal(new SaslAuthenticationException("wrong password")))
                .isFalse();
        assertThat(Explanations.isFinal(new TopicAuthorizationException("no right")))
                .isFalse();
        assertThat(Explanations.isFinal(new TimeoutException("late"))).isFalse();
        assertThat(Explanations.isFinal(new OutOfMemoryError("for now"))).isFalse();
    }
}
