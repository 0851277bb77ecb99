package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lateststate.InvalidSettingException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaEnvironmentTest {

    @Test
    void theTopicAloneChoosesKafkaOnThisMachine() {
        Map<String, String> env = Map.of("KAFKA_TOPIC", "models");
        assertThat(KafkaEnvironment.topic(env)).contains("models");
        assertThat(KafkaEnvironment.settings(env)).isEqualTo(Map.of("bootstrap.servers", "localhost:9092"));
    }

    @Test
    void withoutTheTopicTheOtherVariablesChooseNothingAndAreStillSettings() {
        Map<String, String> env = Map.of("KAFKA_BOOTSTRAP_SERVERS", "broker:9092", "KAFKA_OPTS", "-Xmx1g");
        assertThat(KafkaEnvironment.topic(env)).isEmpty();
        assertThat(KafkaEnvironment.settings(env)).isEqualTo(Map.of("bootstrap.servers", "broker:9092"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void aBlankTopicCountsAsMissing(String blank) {
        assertThat(KafkaEnvironment.topic(Map.of("KAFKA_TOPIC", blank))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "KAFKA_BOOTSTRAP_SERVERS, broker:9093, bootstrap.servers",
        "KAFKA_CONSUMER_GROUP_PREFIX, pricing, state.group.prefix",
        "KAFKA_CREATE_TOPIC, true, state.create.topic",
        "KAFKA_SECURITY_PROTOCOL, SASL_SSL, security.protocol",
        "KAFKA_SASL_JAAS_CONFIG, Login required;, sasl.jaas.config",
        "KAFKA_SSL_TRUSTSTORE_LOCATION, /etc/trust.jks, ssl.truststore.location",
        "KAFKA_MAX_PARTITION_FETCH_BYTES, 1000, max.partition.fetch.bytes",
        "KAFKA_CONFIG_PROVIDERS, file, config.providers",
        "KAFKA_CONFIG_PROVIDERS_FILE_CLASS, a.B, config.providers.file.class",
        "KAFKA_CONFIG_PROVIDERS_FILE_PARAM_ALLOWED_PATHS, /etc, config.providers.file.param.allowed.paths",
        "KAFKA_CONFIG_PROVIDERS_MY__VAULT_PARAM_ROLE___ID, r, config.providers.my-vault.param.role_id",
        "KAFKA_LISTENER_NAME_SASL___SSL_SCRAM__SHA__512_SASL_JAAS_CONFIG, x, listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config",
        "KAFKA_SASL_LOGIN_MY_REALM, x, sasl.login.my.realm",
        "KAFKA_SSL_MY_ENGINE, x, ssl.my.engine",
        "KAFKA_METRICS_JMX_INCLUDE, x, metrics.jmx.include"
    })
    void aVariableBecomesASetting(String variable, String value, String setting) {
        assertThat(settings(variable, value)).containsEntry(setting, value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KAFKA_OPTS",
                "KAFKA_HEAP_OPTS",
                "KAFKA_JMX_PORT",
                "KAFKA_HOME",
                "KAFKA_PORT",
                "KAFKA_PORT_9092_TCP_ADDR",
                "KAFKA_SERVICE_HOST",
                "KAFKA_LOG4J_OPTS",
                "KAFKA_TOPIC_NAME",
                "KAFKA_",
                "BOOTSTRAP_SERVERS",
                "kafka_bootstrap_servers"
            })
    void aVariableThatIsNotAConsumerSettingIsIgnored(String variable) {
        assertThat(settings(variable, "x")).isEqualTo(Map.of("bootstrap.servers", "localhost:9092"));
    }

    @Test
    void theCreateTopicFlagMayBeInUpperOrLowerCase() {
        assertThat(settings("KAFKA_CREATE_TOPIC", "True")).containsEntry("state.create.topic", "true");
    }

    @Test
    void aMalformedFlagIsRefusedAndTheVariableIsNamed() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settings("KAFKA_CREATE_TOPIC", "yes"))
                .withMessage("The variable KAFKA_CREATE_TOPIC is neither true nor false: write one of them.")
                .satisfies(refused -> assertThat(refused.setting()).isEqualTo("KAFKA_CREATE_TOPIC"));
    }

    private static Map<String, String> settings(String variable, String value) {
        Map<String, String> env = new HashMap<>(Map.of("KAFKA_TOPIC", "models"));
        env.put(variable, value);
        return KafkaEnvironment.settings(env);
    }
}
