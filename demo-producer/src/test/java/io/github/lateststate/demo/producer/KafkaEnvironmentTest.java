package io.github.lateststate.demo.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaEnvironmentTest {

    @Test
    void theDefaultIsTheTopicStateOnThisMachine() {
        KafkaEnvironment kafka = KafkaEnvironment.of(Map.of());

        assertThat(kafka.topic()).isEqualTo("state");
        assertThat(kafka.brokers()).isEqualTo("localhost:9092");
        assertThat(kafka.producerSettings()).containsEntry("acks", "all").containsEntry("enable.idempotence", "true");
    }

    @Test
    void anEmptyVariableCountsAsUnset() {
        assertThat(KafkaEnvironment.of(Map.of("KAFKA_TOPIC", "")).topic()).isEqualTo("state");
    }

    @Test
    void aVariableThatIsAProducerSettingInCapitalsIsPassedOn() {
        KafkaEnvironment kafka = KafkaEnvironment.of(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "broker:9093",
                "KAFKA_SECURITY_PROTOCOL", "SSL",
                "KAFKA_BATCH_SIZE", "1"));

        assertThat(kafka.brokers()).isEqualTo("broker:9093");
        assertThat(kafka.producerSettings())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("batch.size", "1");
        assertThat(kafka.adminSettings())
                .containsEntry("bootstrap.servers", "broker:9093")
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKey("batch.size");
    }

    @Test
    void settingsWithNamesOfTheUserReachBothClients() {
        KafkaEnvironment kafka = KafkaEnvironment.of(Map.of(
                "KAFKA_CONFIG_PROVIDERS", "file",
                "KAFKA_CONFIG_PROVIDERS_FILE_CLASS", "a.B",
                "KAFKA_CONFIG_PROVIDERS_MY__VAULT_PARAM_ROLE___ID", "r"));

        for (Map<String, Object> settings : List.of(kafka.producerSettings(), kafka.adminSettings())) {
            assertThat(settings)
                    .containsEntry("config.providers", "file")
                    .containsEntry("config.providers.file.class", "a.B")
                    .containsEntry("config.providers.my-vault.param.role_id", "r");
        }
    }

    @Test
    void aValueThatMayHoldCredentialsIsNotShown() {
        KafkaEnvironment kafka = KafkaEnvironment.of(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "alice:pw@host:9092", "KAFKA_SASL_JAAS_CONFIG", "Login s3cret x=\"y\";"));

        assertThat(kafka.brokers()).isEqualTo("KAFKA_BOOTSTRAP_SERVERS");
        assertThat(kafka.quotedIn("Invalid url in bootstrap.servers: alice:pw@host:9092"))
                .contains("bootstrap.servers");
        assertThat(kafka.quotedIn("Invalid control flag 's3cret'")).contains("sasl.jaas.config");
        assertThat(kafka.quotedIn("No resolvable bootstrap urls given in bootstrap.servers"))
                .isEmpty();
    }

    @Test
    void aVariableThatIsNotASettingIsIgnored() {
        Map<String, Object> settings = KafkaEnvironment.of(Map.of(
                        "KAFKA_TOPIC", "models",
                        "KAFKA_CREATE_TOPIC", "true",
                        "KAFKA_CONSUMER_GROUP_PREFIX", "group",
                        "KAFKA_GROUP_ID", "group",
                        "SECURITY_PROTOCOL", "SSL"))
                .producerSettings();

        assertThat(settings).isEqualTo(KafkaEnvironment.of(Map.of()).producerSettings());
    }
}
