package io.github.lateststate.spring;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.ssl.SslBundle;

/**
 * How the application connects to Kafka: {@code spring.kafka} and the connection details, which win. Of a consumer's other settings, such
 * as its group, none is taken.
 */
final class KafkaConnection implements ConnectionSettings, DisposableBean {

    private static final List<String> TAKEN = List.of("security.", "ssl.", "sasl.", "config.providers");

    private final KafkaProperties properties;
    private final KafkaConnectionDetails details;
    private final BundleKeys bundles = new BundleKeys();

    KafkaConnection(KafkaProperties properties, KafkaConnectionDetails details) {
        this.properties = properties;
        this.details = details;
    }

    @Override
    public String subscriber() {
        return "kafka";
    }

    @Override
    public Map<String, String> current() {
        Map<String, String> settings = new TreeMap<>();
        properties.buildConsumerProperties().forEach((name, value) -> {
            if (TAKEN.stream().anyMatch(name::startsWith)) {
                settings.put(name, text(value));
            }
        });
        KafkaConnectionDetails.Configuration consumer = details.getConsumer();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", consumer.getBootstrapServers()));
        String protocol = consumer.getSecurityProtocol();
        if (protocol != null && !protocol.isEmpty()) {
            settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, protocol);
        }
        SslBundle bundle = consumer.getSslBundle();
        if (bundle != null) {
            settings.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, BundleSslEngineFactory.class.getName());
            settings.put(BundleSslEngineFactory.BUNDLE, bundles.keyOf(bundle));
        }
        return settings;
    }

    /** After the states, which were opened later. */
    @Override
    public void destroy() {
        bundles.forget();
    }

    private static String text(Object value) {
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof List<?> several) {
            return several.stream().map(KafkaConnection::text).collect(Collectors.joining(","));
        }
        return value.toString();
    }
}
