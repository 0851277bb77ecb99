package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.ready;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Records of old producers have no timestamp. */
class NoTimestampTest {

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.builder().start();
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    @Test
    void aRecordWithoutATimestampIsTheStateAndHasNone() {
        String topic = topic(1);
        try (TestClients clients = clients()) {
            clients.publish(topic, "value");
        }
        DamagedLog.takeTimestamps(kafka, topic);
        try (LatestState<String> state = ready(States.following(topic, kafka.bootstrapServers()))) {
            assertThat(state.get()).isEqualTo("value");
            assertThat(state.current().origin().orElseThrow().timestamp()).isEmpty();
        }
    }

    @Test
    void aRecordWithoutATimestampIsOlderThanAnyRecordOfAnotherPartition() {
        String topic = topic(2);
        try (TestClients clients = clients()) {
            clients.publish(topic, 1, 0L, "of 1970");
            clients.publish(topic, 0, null, "of no time");
        }
        DamagedLog.takeTimestamps(kafka, topic);
        try (LatestState<String> state = ready(States.following(topic, kafka.bootstrapServers()))) {
            assertThat(state.get()).isEqualTo("of 1970");
        }
    }

    private static String topic(int partitions) {
        try (TestClients clients = clients()) {
            return clients.topic(partitions, Map.of("retention.ms", "-1"));
        }
    }

    private static TestClients clients() {
        return new TestClients(kafka.bootstrapServers());
    }
}
