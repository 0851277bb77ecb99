package io.github.lateststate.spring;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.JaasUtils;
import org.jspecify.annotations.Nullable;

/** What a state takes of the settings that an application has for its consumers. */
final class KafkaClientSettings {

    private static final List<String> TAKEN = List.of("security.", "ssl.", "sasl.", "config.providers");

    private final Map<String, String> settings = new TreeMap<>();

    /** Takes what concerns the connection, and nothing else, such as the group. */
    KafkaClientSettings(Map<String, Object> consumer) {
        consumer.forEach((name, value) -> {
            if (TAKEN.stream().anyMatch(name::startsWith)) {
                settings.put(name, text(value));
            }
        });
    }

    /**
     * Uses the login module of {@code spring.kafka.jaas}, in a setting of the client. Spring Boot hands it to the JVM only after all beans
     * exist, when a state may have tried to log in. As with Spring Boot, {@code sasl.jaas.config} and the JVM's own file win.
     */
    KafkaClientSettings login(String module, Object controlFlag, Map<String, String> options) {
        if (System.getProperty(JaasUtils.JAVA_LOGIN_CONFIG_PARAM) == null) {
            StringBuilder login = new StringBuilder(module).append(' ').append(controlFlag);
            new TreeMap<>(options)
                    .forEach((name, value) -> login.append(' ')
                            .append(name)
                            .append("=\"")
                            .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                            .append('"'));
            settings.putIfAbsent(SaslConfigs.SASL_JAAS_CONFIG, login.append(';').toString());
        }
        return this;
    }

    /** Connection details win. */
    KafkaClientSettings details(List<String> servers, @Nullable String protocol) {
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", servers));
        if (protocol != null && !protocol.isEmpty()) {
            settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        }
        return this;
    }

    /** Uses an SSL bundle. */
    KafkaClientSettings bundle(Class<?> engineFactory, String key) {
        settings.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, engineFactory.getName());
        settings.put(BundleKeys.SETTING, key);
        return this;
    }

    Map<String, String> map() {
        return settings;
    }

    private static String text(Object value) {
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof List<?> several) {
            return several.stream().map(KafkaClientSettings::text).collect(Collectors.joining(","));
        }
        return value.toString();
    }
}
