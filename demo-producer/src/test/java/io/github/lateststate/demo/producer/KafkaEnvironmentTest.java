package io.github.lateststate.demo.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaEnvironmentTest {

    @Test
    void withoutAWordItIsTheTopicStateOnThisMachine() {
        KafkaEnvironment kafka = KafkaEnvironment.of(Map.of());

        assertThat(kafka.topic()).isEqualTo("state");
        assertThat(kafka.bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(kafka.producerSettings()).containsEntry("acks", "all").containsEntry("enable.idempotence", "true");
    }

    @Test
    void anEmptyTopicIsAsGoodAsNone() {
        assertThat(KafkaEnvironment.of(Map.of("KAFKA_TOPIC", "")).topic()).isEqualTo("state");
    }

    @Test
    void aVariableThatIsAProducerSettingInCapitalsIsPassedOn() {
        KafkaEnvironment kafka = KafkaEnvironment.of(Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "broker:9093",
                "KAFKA_SECURITY_PROTOCOL", "SSL",
                "KAFKA_BATCH_SIZE", "1"));

        assertThat(kafka.bootstrapServers()).isEqualTo("broker:9093");
        assertThat(kafka.producerSettings())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("batch.size", "1");
        assertThat(kafka.adminSettings())
                .containsEntry("bootstrap.servers", "broker:9093")
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKey("batch.size");
    }

    @Test
    void aVariableThatIsNoneIsLeftAlone() {
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
