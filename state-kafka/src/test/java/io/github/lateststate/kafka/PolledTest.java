package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a consumer goes on, as each version reports it. */
@Tag("every-client")
class PolledTest {

    private static final Duration POLL = Duration.ofMillis(100);

    @RegisterExtension
    static final BrokerProcess broker = new BrokerProcess();

    private String topic;

    @BeforeEach
    void createTopic() {
        topic = broker.clients().topic();
    }

    @Test
    void afterARecordItIsKnownWhichLeaderWroteIt() {
        broker.clients().publish(topic, "record");
        assertThat(nextAt(1).leaderEpoch()).isPresent();
    }

    @Test
    void thePositionIsBehindAMarker() {
        try (KafkaProducer<byte[], byte[]> transactions =
                TestClients.producer(broker.bootstrapServers(), Map.of("transactional.id", topic))) {
            transactions.initTransactions();
            transactions.beginTransaction();
            TestClients.done(transactions.send(new ProducerRecord<>(topic, TestClients.bytes("record"))));
            transactions.commitTransaction();
        }
        assertThat(nextAt(2).offset()).isEqualTo(2);
    }

    @Test
    void aPollThatReturnsFewerRecordsThanItMayIsTheLast() {
        broker.clients().publishAll(topic, Stream.of("1", "2", "3", "4", "5"));
        try (Consumer<byte[], byte[]> consumer = consumer(4)) {
            Polled polled = new Polled(consumer, 4);
            ConsumerRecords<byte[], byte[]> first = awaitRecords(consumer);
            assertThat(first.count()).isEqualTo(4);
            assertThat(polled.add(first)).isTrue();
            assertThat(polled.add(awaitRecords(consumer))).isFalse();
            assertThat(polled.records(new TopicPartition(topic, 0))).hasSize(5);
        }
    }

    private static ConsumerRecords<byte[], byte[]> awaitRecords(Consumer<byte[], byte[]> consumer) {
        return await().atMost(SharedBroker.PATIENCE).until(() -> consumer.poll(POLL), records -> !records.isEmpty());
    }

    /** A consumer at the beginning of the topic. */
    private Consumer<byte[], byte[]> consumer(int mostAtOnce) {
        Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        "false",
                        "max.poll.records",
                        mostAtOnce),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seek(partition, 0);
        return consumer;
    }

    /** What the consumer reports when it is at a position and one more poll was empty. */
    private OffsetAndMetadata nextAt(long position) {
        try (Consumer<byte[], byte[]> consumer = consumer(500)) {
            TopicPartition partition = new TopicPartition(topic, 0);
            Polled polled = new Polled(consumer, 500);
            await().atMost(SharedBroker.PATIENCE).until(() -> {
                polled.add(consumer.poll(POLL));
                return consumer.position(partition) == position;
            });
            polled.add(consumer.poll(POLL));
            return polled.next(partition).orElseThrow();
        }
    }
}
