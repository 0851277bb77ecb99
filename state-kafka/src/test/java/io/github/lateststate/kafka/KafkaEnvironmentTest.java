package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lateststate.spi.InvalidSettingException;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaEnvironmentTest {

    @Test
    void theTopicAloneChoosesKafkaOnThisMachine() {
        assertThat(KafkaEnvironment.settings(Map.of("KAFKA_TOPIC", "models")))
                .contains(new SubscriptionSettings("models", Map.of("bootstrap.servers", "localhost:9092")));
    }

    @Test
    void withoutTheTopicNothingElseChoosesKafka() {
        assertThat(KafkaEnvironment.settings(Map.of("KAFKA_BOOTSTRAP_SERVERS", "broker:9092", "KAFKA_OPTS", "-Xmx1g")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aBlankTopicIsNone(String blank) {
        assertThat(KafkaEnvironment.settings(Map.of("KAFKA_TOPIC", blank))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_BOOTSTRAP_SERVERS, broker:9093, bootstrap.servers",
        "KAFKA_CONSUMER_GROUP_PREFIX, pricing, state.group.prefix",
        "KAFKA_CREATE_TOPIC, true, state.create.topic",
        "KAFKA_SECURITY_PROTOCOL, SASL_SSL, security.protocol",
        "KAFKA_SASL_JAAS_CONFIG, Login required;, sasl.jaas.config",
        "KAFKA_SSL_TRUSTSTORE_LOCATION, /etc/trust.jks, ssl.truststore.location",
        "KAFKA_MAX_PARTITION_FETCH_BYTES, 1000, max.partition.fetch.bytes"
    })
    void aVariableIsASetting(String variable, String value, String setting) {
        assertThat(settings(variable, value)).containsEntry(setting, value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KAFKA_OPTS",
                "KAFKA_HEAP_OPTS",
                "KAFKA_JMX_PORT",
                "KAFKA_HOME",
                "KAFKA_LOG4J_OPTS",
                "KAFKA_TOPIC_NAME",
                "KAFKA_",
                "BOOTSTRAP_SERVERS",
                "kafka_bootstrap_servers"
            })
    void aVariableThatIsNoConsumerSettingIsIgnored(String variable) {
        assertThat(settings(variable, "x")).isEqualTo(Map.of("bootstrap.servers", "localhost:9092"));
    }

    @Test
    void creatingTheTopicIsWrittenInAnyCase() {
        assertThat(settings("KAFKA_CREATE_TOPIC", "True")).containsEntry("state.create.topic", "true");
    }

    @Test
    void aMalformedFlagIsRefusedByTheNameOfTheVariable() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settings("KAFKA_CREATE_TOPIC", "yes"))
                .withMessageContaining("The variable KAFKA_CREATE_TOPIC is 'yes': write true or false.")
                .satisfies(refused -> assertThat(refused.setting()).isEqualTo("KAFKA_CREATE_TOPIC"));
    }

    private static Map<String, String> settings(String variable, String value) {
        Map<String, String> env = new HashMap<>(Map.of("KAFKA_TOPIC", "models"));
        env.put(variable, value);
        return KafkaEnvironment.settings(env).orElseThrow().settings();
    }
}
