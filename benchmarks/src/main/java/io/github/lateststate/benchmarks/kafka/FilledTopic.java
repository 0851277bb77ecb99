package io.github.lateststate.benchmarks.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A topic full of state messages, spread over its partitions in turns. Each partition has one key, as a publisher of
 * state would use it, and timestamps ascend by a millisecond a record. The last ten of each partition are sent one by
 * one, as states are. Those before them are sent in batches, because one by one would take hours.
 *
 * @param name its name
 * @param partitions how many it has
 * @param records how many records all of them hold together
 */
public record FilledTopic(String name, int partitions, long records) {

    private static final int SENT_ALONE = 10;

    /** Creates and fills the topic. Returns when the broker has acknowledged all of it. */
    public static FilledTopic create(String bootstrapServers, int partitions, long records)
            throws ExecutionException, InterruptedException {
        FilledTopic topic = new FilledTopic("log-" + records + "-in-" + partitions, partitions, records);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(topic.name, Optional.of(partitions), Optional.empty())))
                    .all()
                    .get();
        }
        topic.fill(bootstrapServers);
        return topic;
    }

    public List<TopicPartition> topicPartitions() {
        return IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(name, partition))
                .toList();
    }

    /** Returns the key of the last record. */
    public String lastKey() {
        return key(records - 1);
    }

    /** Returns the value of the last record, which every reader must find. */
    public String lastValue() {
        return value(records - 1);
    }

    private void fill(String bootstrapServers) throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "linger.ms",
                20,
                "batch.size",
                1 << 18,
                "buffer.memory",
                1L << 27);
        long first = System.currentTimeMillis() - records;
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            Future<RecordMetadata> last = CompletableFuture.completedFuture(null);
            for (long i = 0; i < records; i++) {
                last = producer.send(new ProducerRecord<>(name, (int) (i % partitions), first + i, key(i), value(i)));
                if (i >= records - (long) SENT_ALONE * partitions) {
                    producer.flush();
                }
            }
            producer.flush();
            last.get();
        }
    }

    private String key(long i) {
        return "state-" + i % partitions;
    }

    private static String value(long i) {
        return "{\"message_id\":\"" + (i % 10_000 + 1) + "\",\"text\":\"some text\",\"state\":" + i + "}";
    }
}
