package io.github.lateststate.demo.producer;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The topic, the brokers, and how to talk to them, as the environment says. */
record KafkaEnvironment(String topic, Map<String, String> settings) {

    static final String TOPIC = "KAFKA_TOPIC";

    private static final String PREFIX = "KAFKA_";

    /** Together they keep the promise that a broker that is away is reported within 10 s. */
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

    KafkaEnvironment {
        settings = Map.copyOf(settings);
    }

    /** Takes every variable that is a producer setting in capitals, such as KAFKA_SECURITY_PROTOCOL, and no other. */
    static KafkaEnvironment of(Map<String, String> env) {
        Set<String> known = ProducerConfig.configNames();
        Map<String, String> settings = new LinkedHashMap<>(DEFAULTS);
        env.forEach((variable, value) -> {
            String setting = variable.startsWith(PREFIX) ? settingName(variable) : "";
            if (known.contains(setting)) {
                settings.put(setting, value);
            }
        });
        String topic = env.getOrDefault(TOPIC, "");
        return new KafkaEnvironment(topic.isBlank() ? "state" : topic, settings);
    }

    String bootstrapServers() {
        return settings.getOrDefault(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** For an Admin that asks one question: how to connect, but not a producer's time limits. */
    Map<String, Object> adminSettings() {
        Map<String, Object> admin = new LinkedHashMap<>(settings);
        admin.keySet().retainAll(AdminClientConfig.configNames());
        admin.putAll(ADMIN_LIMITS);
        return admin;
    }

    Map<String, Object> producerSettings() {
        return new LinkedHashMap<>(settings);
    }

    private static String settingName(String variable) {
        return variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
