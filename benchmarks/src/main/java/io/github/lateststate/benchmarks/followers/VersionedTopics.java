package io.github.lateststate.benchmarks.followers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Topics of one partition whose values contain the topic and the version. Not for use by several threads at once. */
public final class VersionedTopics implements AutoCloseable {

    private final List<String> names;
    private final KafkaProducer<String, String> producer;

    private VersionedTopics(List<String> names, KafkaProducer<String, String> producer) {
        this.names = names;
        this.producer = producer;
    }

    /** Creates topics that each hold version 0. */
    public static VersionedTopics create(String bootstrapServers, int count)
            throws ExecutionException, InterruptedException {
        List<String> names =
                IntStream.range(0, count).mapToObj(i -> "state-" + i).toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, Optional.of(1), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        }
        VersionedTopics topics = new VersionedTopics(
                names,
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                        new StringSerializer(),
                        new StringSerializer()));
        topics.publish(0);
        return topics;
    }

    public List<String> names() {
        return names;
    }

    /** Sends a version to each topic. Returns when the broker has acknowledged all of them. */
    public void publish(long version) throws ExecutionException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (String name : names) {
            sent.add(producer.send(new ProducerRecord<>(name, name + " " + version)));
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
