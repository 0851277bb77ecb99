package io.github.lateststate.kafka;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The environment variables of a service, as settings. */
final class KafkaEnvironment {

    private static final String PREFIX = "KAFKA_";
    private static final String TOPIC = "KAFKA_TOPIC";
    private static final String CREATE_TOPIC = "KAFKA_CREATE_TOPIC";
    private static final String GROUP_PREFIX = "KAFKA_CONSUMER_GROUP_PREFIX";
    private static final String DEFAULT_BROKER = "localhost:9092";

    /**
     * Families of settings whose names have parts that the user chooses, such as {@code config.providers.file.class}.
     */
    private static final List<String> OPEN =
            List.of("config.providers.", "listener.name.", "sasl.", "ssl.", "metrics.jmx.");

    private KafkaEnvironment() {}

    static Optional<String> topic(Map<String, String> env) {
        return Optional.ofNullable(env.get(TOPIC)).filter(topic -> !topic.isBlank());
    }

    static Map<String, String> settings(Map<String, String> env) {
        Map<String, String> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, DEFAULT_BROKER);
        Set<String> clientNames = clientNames();
        env.forEach((variable, value) -> {
            String name = settingName(variable);
            if (isForClients(name, clientNames)) {
                settings.put(name, value);
            }
        });
        if (env.containsKey(GROUP_PREFIX)) {
            settings.put(SubscriptionSettings.GROUP_PREFIX, env.get(GROUP_PREFIX));
        }
        if (env.containsKey(CREATE_TOPIC)) {
            settings.put(KafkaSettings.CREATE_TOPIC, flag(env.get(CREATE_TOPIC)));
        }
        return settings;
    }

    /**
     * Converts a variable as many Kafka images do: {@code _} is a dot, {@code __} a hyphen and {@code ___} an
     * underscore.
     */
    private static String settingName(String variable) {
        return variable.startsWith(PREFIX)
                ? variable.substring(PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace("___", "\0")
                        .replace("__", "-")
                        .replace('_', '.')
                        .replace('\0', '_')
                : "";
    }

    private static boolean isForClients(String name, Set<String> clientNames) {
        return clientNames.contains(name) || OPEN.stream().anyMatch(name::startsWith);
    }

    private static Set<String> clientNames() {
        Set<String> names = new HashSet<>(ConsumerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return names;
    }

    private static String flag(String value) {
        String flag = value.toLowerCase(Locale.ROOT);
        if (!Set.of("true", "false").contains(flag)) {
            throw new InvalidSettingException(
                    CREATE_TOPIC, "The variable " + CREATE_TOPIC + " is neither true nor false: write one of them.");
        }
        return flag;
    }
}
