package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Records of other keys, on a real broker. */
class PassedOverTest {

    private static final int OTHERS = 50_000;
    private static final int MILLION = 1_000_000;

    /** No room for the million records that are passed over. */
    private static final String HEAP = "96m";

    private static EmbeddedKafka broker;
    private static TestClients clients;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.builder().start();
        clients = new TestClients(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        clients.close();
        broker.close();
    }

    @Test
    void theReadsForAKeyThatWasWrittenLongAgoFollowTheDistance() {
        String topic = clients.topic();
        publish(topic, "mine", "1");
        for (int i = 1; i < OTHERS; i++) {
            var unused = clients.producer().send(record(topic, "another", "bad"));
        }
        publish(topic, "another", null);
        try (LatestState<String> state =
                States.following(topic, broker.bootstrapServers()).key("mine").open()) {
            States.awaitReady(state);
            assertThat(state.get()).isEqualTo("1");
            assertThat(state.status().rejected()).isZero();
            assertThat(state.status().passedOver()).isGreaterThanOrEqualTo(OTHERS);
            assertThat(state.status().lookBack().orElseThrow().recordsRead()).isLessThanOrEqualTo(4L * OTHERS);

            publish(topic, "another", "2");
            publish(topic, "mine", "3");
            States.awaitValue(state, "3");
            assertThat(state.status().phase()).isEqualTo(Phase.LIVE);
        }
    }

    @Test
    void aKeyThatWasWrittenAMillionRecordsAgoIsFoundWithLittleMemory() {
        String topic = clients.topic();
        publish(topic, "mine", "good");
        try (TestClients fast = new TestClients(
                broker.bootstrapServers(),
                Map.of("linger.ms", "20", "batch.size", "500000", "compression.type", "lz4"))) {
            for (int i = 0; i < MILLION; i++) {
                var unused = fast.producer().send(record(topic, "another", "good, but not mine"));
            }
            fast.producer().flush();
        }
        assertThat(clients.end(topic, IsolationLevel.READ_COMMITTED)).isEqualTo(MILLION + 1);
        try (SmallJvm.Child child = SmallJvm.start(
                broker.bootstrapServers(), topic, "good", "-Xmx" + HEAP, "-D" + SmallJvm.KEY + "=mine")) {
            child.awaitReady();
            assertThat(child.line()).isEqualTo("state good");
            assertThat(child.line()).isEqualTo("LIVE");
            assertThat(Long.parseLong(child.line().replace("read ", ""))).isBetween((long) MILLION, 4L * MILLION);
        }
    }

    private static void publish(String topic, String key, @Nullable String payload) {
        TestClients.done(clients.producer().send(record(topic, key, payload)));
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, String key, @Nullable String payload) {
        return new ProducerRecord<>(topic, bytes(key), payload == null ? null : bytes(payload));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
