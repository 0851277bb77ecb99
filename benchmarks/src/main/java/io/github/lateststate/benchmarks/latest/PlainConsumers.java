package io.github.lateststate.benchmarks.latest;

import io.github.lateststate.benchmarks.kafka.FilledTopic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the ways with Kafka's own consumer, written by hand, have in common. They assume that end − 1 is a record. */
final class PlainConsumers {

    private static final Duration POLL = Duration.ofMillis(100);

    private PlainConsumers() {}

    static KafkaConsumer<String, String> consumer(String bootstrapServers, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", bootstrapServers);
        all.put("group.id", "group-" + UUID.randomUUID());
        all.put("enable.auto.commit", "false");
        all.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
    }

    /** Seeks to the last record of each partition that has one. Returns those partitions. */
    static Set<TopicPartition> seekToLast(
            KafkaConsumer<String, String> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        ends.values().removeIf(end -> end == 0);
        ends.forEach((partition, end) -> consumer.seek(partition, end - 1));
        return ends.keySet();
    }

    /** Polls until each of these partitions has returned a record, and reports the newest of them. */
    static void readLast(
            KafkaConsumer<String, String> consumer, Set<TopicPartition> partitions, Consumer<String> latest) {
        ConsumerRecord<String, String> newest = null;
        while (!partitions.isEmpty()) {
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                partitions.remove(new TopicPartition(record.topic(), record.partition()));
                if (newest == null || record.timestamp() >= newest.timestamp()) {
                    newest = record;
                }
            }
        }
        if (newest != null) {
            latest.accept(newest.value());
        }
    }

    /** The least possible: the partitions are known, and nothing is checked. */
    static final class AssignAndSeek implements Peer {

        @Override
        public String name() {
            return "assign + seek(end − 1)";
        }

        @Override
        public String setUp() {
            return "A `KafkaConsumer` with the defaults and `read_committed`. It is given the partitions, and calls `assign`, `endOffsets`, `seek` to end − 1, and `poll`."
                    + " It hangs if end − 1 is not a record, and it follows nothing: it is the floor, not a peer.";
        }

        @Override
        public AutoCloseable open(String bootstrapServers, FilledTopic topic, Consumer<String> latest) {
            KafkaConsumer<String, String> consumer = consumer(bootstrapServers, Map.of());
            consumer.assign(topic.topicPartitions());
            readLast(consumer, seekToLast(consumer, topic.topicPartitions()), latest);
            return () -> consumer.close(CloseOptions.timeout(Duration.ZERO)); // it would wait for the fetch under way
        }
    }

    /** What the samples do that this project comes from. */
    static final class SubscribeAndSeek implements Peer {

        private final String protocol;

        SubscribeAndSeek(String protocol) {
            this.protocol = protocol;
        }

        @Override
        public String name() {
            return "subscribe + seek, " + protocol;
        }

        @Override
        public String setUp() {
            return "A `KafkaConsumer` with `group.protocol=" + protocol
                    + "` and a random group. It calls `subscribe`, `poll` until it has an assignment, `seek` to end − 1, and `poll`.";
        }

        @Override
        public AutoCloseable open(String bootstrapServers, FilledTopic topic, Consumer<String> latest) {
            KafkaConsumer<String, String> consumer = consumer(bootstrapServers, Map.of("group.protocol", protocol));
            consumer.subscribe(Set.of(topic.name()));
            while (consumer.assignment().size() < topic.partitions()) {
                consumer.poll(POLL);
            }
            readLast(consumer, seekToLast(consumer, consumer.assignment()), latest);
            return () -> consumer.close(CloseOptions.timeout(Duration.ZERO)); // it would wait for the fetch under way
        }
    }
}
