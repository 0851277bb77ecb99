package io.github.lateststate.samples;

import io.github.lateststate.embedded.KafkaProcess;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker with the topic of the samples. */
final class Broker implements AutoCloseable {

    static final String TOPIC = "state";

    private final KafkaProcess kafka = KafkaProcess.builder().start();

    Broker() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    String address() {
        return kafka.bootstrapServers();
    }

    void publish(String payload) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address()), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, payload)).get();
        }
    }

    void kill() {
        kafka.kill();
    }

    void startAgain() {
        kafka.start();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
