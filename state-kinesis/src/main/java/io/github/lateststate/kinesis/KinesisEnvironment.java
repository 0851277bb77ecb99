package io.github.lateststate.kinesis;

import io.github.lateststate.spi.SubscriptionSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The environment variables of a service, as settings. */
final class KinesisEnvironment {

    private static final String STREAM = "KINESIS_STREAM";
    private static final String GROUP_PREFIX = "KINESIS_CONSUMER_GROUP_PREFIX";
    private static final String IGNORE_ENDPOINTS = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
    private static final String FAN_OUT = "KINESIS_FAN_OUT";

    private KinesisEnvironment() {}

    static Optional<String> stream(Map<String, String> env) {
        return Optional.ofNullable(env.get(STREAM)).filter(stream -> !stream.isBlank());
    }

    static Map<String, String> settings(Map<String, String> env) {
        Map<String, String> settings = new HashMap<>();
        copy(env, "AWS_REGION", settings, KinesisSettings.REGION);
        if (!Boolean.parseBoolean(env.getOrDefault(IGNORE_ENDPOINTS, "").strip())) {
            copy(env, "AWS_ENDPOINT_URL", settings, KinesisSettings.ENDPOINT);
            copy(env, "AWS_ENDPOINT_URL_KINESIS", settings, KinesisSettings.ENDPOINT); // wins over the general one
        }
        copy(env, GROUP_PREFIX, settings, SubscriptionSettings.GROUP_PREFIX);
        copy(env, FAN_OUT, settings, KinesisSettings.FAN_OUT);
        if (settings.containsKey(KinesisSettings.FAN_OUT)) {
            KinesisSettings.isEnhanced(FAN_OUT, settings.get(KinesisSettings.FAN_OUT));
        }
        return settings;
    }

    private static void copy(Map<String, String> env, String variable, Map<String, String> settings, String name) {
        String value = env.getOrDefault(variable, "");
        if (!value.isBlank()) {
            settings.put(name, value);
        }
    }
}
