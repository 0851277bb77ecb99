package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KinesisEnvironmentTest {

    private static final Map<String, String> BOTH = Map.of(
            "KINESIS_STREAM", "models",
            "AWS_ENDPOINT_URL", "http://general:1",
            "AWS_ENDPOINT_URL_KINESIS", "http://kinesis:2");

    @Test
    void aBlankStreamCountsAsMissingAndTheOtherVariablesAreStillSettings() {
        Map<String, String> env = Map.of("AWS_REGION", "eu-west-1", "KINESIS_STREAM", " ");
        assertThat(KinesisEnvironment.stream(env)).isEmpty();
        assertThat(KinesisEnvironment.settings(env)).isEqualTo(Map.of("region", "eu-west-1"));
    }

    @Test
    void theStreamChoosesKinesis() {
        assertThat(KinesisEnvironment.stream(BOTH)).contains("models");
    }

    @Test
    void theKinesisEndpointWinsOverTheGeneralOne() {
        assertThat(endpoint(BOTH)).isEqualTo("http://kinesis:2");
    }

    @ParameterizedTest
    @CsvSource({"true, ", "TRUE, ", "' true ', ", "false, http://kinesis:2", "'', http://kinesis:2"})
    void endpointsAreIgnoredIfTheEnvironmentSaysSo(String ignored, @Nullable String endpoint) {
        Map<String, String> env = new HashMap<>(BOTH);
        env.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", ignored);
        assertThat(endpoint(env)).isEqualTo(endpoint);
    }

    private static @Nullable String endpoint(Map<String, String> env) {
        return KinesisEnvironment.settings(env).get(KinesisSettings.ENDPOINT);
    }
}
