package io.github.lateststate.kafka;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A producer and an admin client for the tests of one broker. */
final class TestClients implements AutoCloseable {

    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    TestClients(String bootstrapServers) {
        this(bootstrapServers, Map.of());
    }

    TestClients(String bootstrapServers, Map<String, Object> producerSettings) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        producer = producer(bootstrapServers, producerSettings);
    }

    static KafkaProducer<byte[], byte[]> producer(String bootstrapServers, Map<String, Object> settings) {
        Map<String, Object> all = new java.util.HashMap<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "0", "max.request.size", "20000000"));
        all.putAll(settings);
        return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
    }

    Admin admin() {
        return admin;
    }

    KafkaProducer<byte[], byte[]> producer() {
        return producer;
    }

    static String newName() {
        return "topic-" + UUID.randomUUID();
    }

    /** Creates a topic with a new name. */
    String topic(int partitions, Map<String, String> configs) {
        String name = newName();
        create(name, partitions, configs);
        return name;
    }

    String topic() {
        return topic(1, Map.of());
    }

    /** A broker that was frozen has lost its session, and gets no topic until its next heartbeat. */
    void create(String name, int partitions, Map<String, String> configs) {
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
        await().atMost(SharedBroker.PATIENCE).until(() -> {
            try {
                done(admin.createTopics(List.of(topic)).all());
                return true;
            } catch (AssertionError e) {
                if (Causes.has(e, InvalidReplicationFactorException.class)) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Appends to partition 0, and returns after the acknowledgement. */
    RecordMetadata publish(String topic, @Nullable String value) {
        return publish(topic, 0, null, value);
    }

    RecordMetadata publish(String topic, int partition, @Nullable Long timestamp, @Nullable String value) {
        return done(producer.send(new ProducerRecord<>(topic, partition, timestamp, null, bytes(value))));
    }

    /** Appends many records to partition 0, and returns after the last acknowledgement. */
    void publishAll(String topic, Stream<String> values) {
        values.map(value -> producer.send(new ProducerRecord<>(topic, 0, null, bytes(value))))
                .reduce((before, last) -> last)
                .ifPresent(TestClients::done);
    }

    /** Sends these in as few batches as the settings of the producer allow; the producer should linger. */
    static void sendAtOnce(KafkaProducer<byte[], byte[]> producer, Stream<ProducerRecord<byte[], byte[]>> records) {
        List<Future<RecordMetadata>> sent = records.map(producer::send).toList();
        producer.flush();
        sent.forEach(TestClients::done);
    }

    /** Where the log of partition 0 ends for readers of this isolation level. */
    long end(String topic, IsolationLevel isolation) {
        return offset(topic, OffsetSpec.latest(), isolation);
    }

    /** Where the log of partition 0 begins. */
    long begin(String topic) {
        return offset(topic, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED);
    }

    private long offset(String topic, OffsetSpec spec, IsolationLevel isolation) {
        TopicPartition partition = new TopicPartition(topic, 0);
        return done(admin.listOffsets(Map.of(partition, spec), new ListOffsetsOptions(isolation))
                        .partitionResult(partition))
                .offset();
    }

    static byte @Nullable [] bytes(@Nullable String value) {
        return value == null ? null : value.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static <V> V done(KafkaFuture<V> future) {
        return done((Future<V>) future.toCompletionStage().toCompletableFuture());
    }

    static <V> V done(Future<V> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ZERO);
        admin.close(java.time.Duration.ZERO);
    }
}
