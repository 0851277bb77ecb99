package io.github.lateststate.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Plain Kafka clients of one broker, with the same settings. */
record Clients(Map<String, Object> settings) {

    static Clients of(String bootstrapServers) {
        return of(bootstrapServers, Map.of());
    }

    static Clients of(String bootstrapServers, Map<String, String> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", bootstrapServers);
        return new Clients(settings);
    }

    Admin admin() {
        return Admin.create(settings);
    }

    KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    void createTopic(String topic, int replicas) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) replicas)))
                    .all()
                    .get(30, SECONDS);
        }
    }

    /** Returns when the broker has acknowledged the value. */
    void send(String topic, String value) throws Exception {
        try (KafkaProducer<String, String> producer = producer()) {
            producer.send(new ProducerRecord<>(topic, value)).get(30, SECONDS);
        }
    }

    /** All values in the topic's only partition, up to its end at the time of the call. */
    List<String> values(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            List<String> values = new ArrayList<>();
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(100))) {
                    values.add(each.value());
                }
            }
            return values;
        }
    }
}
