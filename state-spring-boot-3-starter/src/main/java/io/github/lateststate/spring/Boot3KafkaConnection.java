package io.github.lateststate.spring;

import java.util.Map;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.kafka.KafkaConnectionDetails;
import org.springframework.boot.autoconfigure.kafka.KafkaProperties;
import org.springframework.boot.ssl.SslBundle;

/** How the application connects to Kafka: {@code spring.kafka} and the connection details, which win. */
final class Boot3KafkaConnection implements ConnectionSettings, DisposableBean {

    private final KafkaProperties properties;
    private final KafkaConnectionDetails details;
    private final BundleKeys bundles = new BundleKeys();

    Boot3KafkaConnection(KafkaProperties properties, KafkaConnectionDetails details) {
        this.properties = properties;
        this.details = details;
    }

    @Override
    public String subscriber() {
        return "kafka";
    }

    @Override
    public Map<String, String> current() {
        KafkaConnectionDetails.Configuration consumer = details.getConsumer();
        KafkaClientSettings settings = new KafkaClientSettings(properties.buildConsumerProperties(null))
                .details(consumer.getBootstrapServers(), consumer.getSecurityProtocol());
        KafkaProperties.Jaas jaas = properties.getJaas();
        if (jaas.isEnabled()) {
            settings.login(jaas.getLoginModule(), jaas.getControlFlag(), jaas.getOptions());
        }
        SslBundle bundle = consumer.getSslBundle();
        return bundle == null
                ? settings.map()
                : settings.bundle(Boot3BundleSslEngineFactory.class, bundles.keyOf(bundle))
                        .map();
    }

    /** After the states, which were opened later. */
    @Override
    public void destroy() {
        bundles.forget();
    }
}
