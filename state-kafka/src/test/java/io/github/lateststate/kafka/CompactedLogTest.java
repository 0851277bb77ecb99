package io.github.lateststate.kafka;

import static io.github.lateststate.kafka.SharedBroker.PATIENCE;
import static io.github.lateststate.kafka.TestClients.bytes;
import static io.github.lateststate.kafka.TestClients.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CompactedLogTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    /** Rejects payloads that are not words, for example numbers. */
    private static final Decoder<String> WORDS = (payload, origin) -> {
        String text = SharedBroker.TEXT.decode(payload, origin);
        return text != null && text.matches("[a-z]+") ? text : null;
    };

    private final TestClients clients = broker.clients();
    private final String topic = clients.topic(
            1,
            Map.of(
                    "cleanup.policy", "compact",
                    "min.cleanable.dirty.ratio", "0.001",
                    "segment.ms", "50",
                    "delete.retention.ms", "0"));

    @Test
    void theLastGoodRecordIsFoundBeforeACompactionGap() {
        publish("good", "word");
        for (int i = 0; i < 1_000; i++) {
            publish("counter", Integer.toString(i));
        }
        await().atMost(PATIENCE).until(() -> {
            publish("counter", "7"); // the next record closes a segment, which is then compacted
            return readAll().size() < 100;
        });
        try (LatestState<String> state = SharedBroker.ready(broker.state(topic, WORDS))) {
            assertThat(state.get()).isEqualTo("word");
            assertThat(state.status().rejected()).isBetween(1L, 100L);
        }
    }

    @Test
    void theLastRecordIsFoundIfTheTailWasCompactedAway() {
        publish("state", "word");
        for (int i = 0; i < 1_000; i++) {
            publish("other", Integer.toString(i));
        }
        publish("other", null);
        await().atMost(PATIENCE).until(() -> {
            appendNothingReadable();
            return readAll().equals(List.of("word"));
        });
        try (LatestState<String> state = broker.ready(topic)) {
            assertThat(state.get()).isEqualTo("word");
            publish("state", "followed");
            await().atMost(PATIENCE).until(() -> state.get().equals("followed"));
        }
    }

    private void publish(String key, @Nullable String value) {
        done(clients.producer().send(new ProducerRecord<>(topic, bytes(key), bytes(value))));
    }

    private void appendNothingReadable() {
        try (KafkaProducer<byte[], byte[]> transactions =
                TestClients.producer(broker.bootstrapServers(), Map.of("transactional.id", topic))) {
            transactions.initTransactions();
            transactions.beginTransaction();
            done(transactions.send(new ProducerRecord<>(topic, bytes("aborted"), bytes("aborted"))));
            transactions.abortTransaction();
        }
    }

    private List<String> readAll() {
        List<TopicPartition> partitions = List.of(new TopicPartition(topic, 0));
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<byte[], String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new StringDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).getOrDefault(partitions.get(0), 0L);
            while (consumer.position(partitions.get(0)) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
