package io.github.lateststate.demo.producer;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The topic and the client's settings, from the environment. */
record KafkaEnvironment(String topic, Map<String, String> settings) {

    static final String TOPIC = "KAFKA_TOPIC";

    private static final String PREFIX = "KAFKA_";

    /** These limits together report a broker that is away within 10 s. */
    private static final Map<String, String> DEFAULTS = Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
            ProducerConfig.ACKS_CONFIG, "all",
            ProducerConfig.MAX_BLOCK_MS_CONFIG, "4000",
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "4000",
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "5000");

    private static final Map<String, String> ADMIN_LIMITS = Map.of(
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "4000",
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");

    /** Families of settings whose names have parts that the user chooses, such as {@code config.providers.file.class}. */
    private static final List<String> OPEN =
            List.of("config.providers.", "listener.name.", "sasl.", "ssl.", "metrics.jmx.");

    /** Addresses only: a text that matches cannot hold credentials. */
    private static final Pattern ADDRESSES = Pattern.compile("[\\w.-]+:\\d+(?:\\s*,\\s*[\\w.-]+:\\d+)*");

    KafkaEnvironment {
        settings = Map.copyOf(settings);
    }

    /** Takes every variable that is a producer setting in capitals, such as KAFKA_SECURITY_PROTOCOL, or belongs to an open family. */
    static KafkaEnvironment of(Map<String, String> env) {
        Set<String> known = ProducerConfig.configNames();
        Map<String, String> settings = new LinkedHashMap<>(DEFAULTS);
        env.forEach((variable, value) -> {
            String setting = variable.startsWith(PREFIX) ? settingName(variable) : "";
            if (known.contains(setting) || OPEN.stream().anyMatch(setting::startsWith)) {
                settings.put(setting, value);
            }
        });
        String topic = env.getOrDefault(TOPIC, "");
        return new KafkaEnvironment(topic.isBlank() ? "state" : topic, settings);
    }

    /** The brokers for a message, or the name of the variable if its value may hold anything but addresses. */
    String brokers() {
        String servers = bootstrapServers();
        return ADDRESSES.matcher(servers).matches() ? servers : "KAFKA_BOOTSTRAP_SERVERS";
    }

    /** Finds a setting whose value, or a word of it, is in a text. The value may be a secret. */
    Optional<String> quotedIn(String text) {
        return settings.entrySet().stream()
                .filter(setting -> !setting.getValue().equals(DEFAULTS.get(setting.getKey())))
                .filter(setting -> !setting.getValue().equals(brokers()))
                .filter(setting -> Stream.concat(
                                Stream.of(setting.getValue()),
                                Arrays.stream(setting.getValue().split("[\\s\"'=;,]+")))
                        .anyMatch(word -> !word.isBlank() && text.contains(word)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private String bootstrapServers() {
        return settings.getOrDefault(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** The settings of an Admin that asks one question: the connection's, without the producer's own. */
    Map<String, Object> adminSettings() {
        Map<String, Object> admin = new LinkedHashMap<>(settings);
        Set<String> producerOnly = new HashSet<>(ProducerConfig.configNames());
        producerOnly.removeAll(AdminClientConfig.configNames());
        admin.keySet().removeAll(producerOnly);
        admin.putAll(ADMIN_LIMITS);
        return admin;
    }

    Map<String, Object> producerSettings() {
        return new LinkedHashMap<>(settings);
    }

    /** {@code _} stands for a dot, {@code __} for a hyphen and {@code ___} for an underscore. */
    private static String settingName(String variable) {
        return variable.substring(PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace("___", "\0")
                .replace("__", "-")
                .replace('_', '.')
                .replace('\0', '_');
    }
}
