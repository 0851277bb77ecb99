package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.SubscriptionSettings;
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
    void thereAreNoSettingsWithoutAStream() {
        assertThat(KinesisEnvironment.settings(Map.of("AWS_REGION", "eu-west-1", "KINESIS_STREAM", " ")))
                .isEmpty();
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
        return KinesisEnvironment.settings(env)
                .map(SubscriptionSettings::settings)
                .orElseThrow()
                .get(KinesisSettings.ENDPOINT);
    }
}
