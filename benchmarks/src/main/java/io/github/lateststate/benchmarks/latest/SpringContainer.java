package io.github.lateststate.benchmarks.latest;

import io.github.lateststate.benchmarks.kafka.FilledTopic;
import io.github.lateststate.benchmarks.report.Versions;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConsumerSeekAware;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;
import org.springframework.kafka.support.TopicPartitionOffset;

/** Spring's container, in both of its ways to get partitions. */
final class SpringContainer implements Peer {

    private final boolean assigned;

    SpringContainer(boolean assigned) {
        this.assigned = assigned;
    }

    @Override
    public String name() {
        return assigned ? "spring-kafka, assigned" : "spring-kafka, group";
    }

    @Override
    public String setUp() {
        return Versions.shown("org.springframework.kafka:spring-kafka") + ": "
                + (assigned
                        ? "`KafkaMessageListenerContainer` with every partition given as a `TopicPartitionOffset` of −1."
                        : "`KafkaMessageListenerContainer` with a random group and a `ConsumerSeekAware` listener that calls `seekRelative(…, -1, false)`.");
    }

    @Override
    public AutoCloseable open(String bootstrapServers, FilledTopic topic, Consumer<String> latest) {
        ContainerProperties properties = assigned
                ? new ContainerProperties(topic.topicPartitions().stream()
                        .map(partition -> new TopicPartitionOffset(partition.topic(), partition.partition(), -1L))
                        .toArray(TopicPartitionOffset[]::new))
                : new ContainerProperties(topic.name());
        properties.setGroupId("group-" + UUID.randomUUID());
        properties.setMessageListener(assigned ? new Last(topic, latest) : new LastBySeeking(topic, latest));
        KafkaMessageListenerContainer<String, String> container = new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(
                        Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                        new StringDeserializer(),
                        new StringDeserializer()),
                properties);
        container.start();
        return container::stop;
    }

    /**
     * Reports the newest record once every partition that has a record has returned it. Only the container's thread
     * calls it.
     */
    private static class Last implements MessageListener<String, String> {

        private final Set<TopicPartition> missing = ConcurrentHashMap.newKeySet();
        private final Consumer<String> latest;
        private String newest = "";
        private long newestAt = Long.MIN_VALUE;

        Last(FilledTopic topic, Consumer<String> latest) {
            this.latest = latest;
            topic.topicPartitions().stream()
                    .filter(partition -> partition.partition() < topic.records())
                    .forEach(missing::add);
        }

        @Override
        public void onMessage(ConsumerRecord<String, String> record) {
            missing.remove(new TopicPartition(record.topic(), record.partition()));
            if (record.timestamp() >= newestAt) {
                newest = record.value();
                newestAt = record.timestamp();
            }
            if (missing.isEmpty()) {
                latest.accept(newest);
            }
        }
    }

    private static final class LastBySeeking extends Last implements ConsumerSeekAware {

        LastBySeeking(FilledTopic topic, Consumer<String> latest) {
            super(topic, latest);
        }

        @Override
        public void onPartitionsAssigned(Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
            assignments
                    .keySet()
                    .forEach(partition -> callback.seekRelative(partition.topic(), partition.partition(), -1, false));
        }
    }
}
