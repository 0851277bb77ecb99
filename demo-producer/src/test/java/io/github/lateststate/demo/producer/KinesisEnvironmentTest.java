package io.github.lateststate.demo.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KinesisEnvironmentTest {

    private static final String ARN = "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/models";

    @Test
    void aStreamByItsNameIsInTheRegionOfTheEnvironment() {
        KinesisEnvironment kinesis = of(Map.of("KINESIS_STREAM", "models", "AWS_REGION", "eu-west-1"));
        assertThat(kinesis.requestName()).isEqualTo("models");
        assertThat(kinesis.arn()).isNull();
        assertThat(kinesis.region()).isEqualTo("eu-west-1");
    }

    @Test
    void aStreamByItsArnIsInTheRegionOfTheArn() {
        KinesisEnvironment kinesis = of(Map.of("KINESIS_STREAM", ARN, "AWS_REGION", "eu-west-1"));
        assertThat(kinesis.stream()).isEqualTo("models");
        assertThat(kinesis.requestName()).isNull();
        assertThat(kinesis.arn()).isEqualTo(ARN);
        assertThat(kinesis.region()).isEqualTo("cn-north-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"two words", "arn:", "arn:aws:kinesis:us-east-1:12345:stream/models", "arn:aws:sqs:us-east-1:1:m"
            })
    void anInvalidStreamNameIsRefusedWithoutItsValue(String stream) {
        assertThatThrownBy(() -> of(Map.of("KINESIS_STREAM", stream)))
                .isInstanceOf(NotPublishedException.class)
                .hasMessageContaining("arn:aws:kinesis:REGION:ACCOUNT:stream/NAME")
                .satisfies(
                        thrown -> assertThat(String.valueOf(thrown.getMessage()).replace("arn:aws:kinesis:REGION", ""))
                                .doesNotContain(stream));
    }

    @ParameterizedTest
    @CsvSource({"AWS_REGION, s3cr3t!", "AWS_ENDPOINT_URL, s3cr3t", "AWS_ENDPOINT_URL_KINESIS, 'http://s3cr3t b'"})
    void aMalformedVariableIsNamedWithoutItsValue(String variable, String value) {
        assertThatThrownBy(() -> of(Map.of("KINESIS_STREAM", "models", variable, value)))
                .isInstanceOf(NotPublishedException.class)
                .hasMessageStartingWith(variable + " ")
                .hasMessageNotContaining("s3cr3t");
    }

    @ParameterizedTest
    @CsvSource({"true, ", "TRUE, ", "false, http://kinesis:2", "'', http://kinesis:2"})
    void theKinesisEndpointWinsOverTheGeneralOneUnlessBothAreIgnored(String ignored, @Nullable String endpoint) {
        Map<String, String> env = new HashMap<>(Map.of(
                "KINESIS_STREAM", "models",
                "AWS_ENDPOINT_URL", "http://general:1",
                "AWS_ENDPOINT_URL_KINESIS", "http://kinesis:2",
                "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", ignored));
        assertThat(of(env).endpoint()).isEqualTo(endpoint == null ? null : URI.create(endpoint));
    }

    private static KinesisEnvironment of(Map<String, String> env) {
        return KinesisEnvironment.of(env);
    }
}
