package io.github.lateststate.docs;

import io.github.lateststate.embedded.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The broker of all snippets. It ends with the JVM, as some snippets leave their states open. */
final class Broker {

    private static final EmbeddedKafka KAFKA = EmbeddedKafka.builder().start();

    static {
        create("flags", "models", "prices", "state", "swapped");
        publish("flags", "{\"newCheckout\":true}");
        publish("models", "{\"name\":\"churn\",\"version\":7}");
        publish("prices", "{\"product\":\"tea\",\"cents\":250}");
    }

    private Broker() {}

    static String address() {
        return KAFKA.bootstrapServers();
    }

    /** Returns a text in which the pages' broker is this one. */
    static String in(String text) {
        return text.replace("localhost:9092", address()).replace("kafka:9092", address());
    }

    private static void create(String... topics) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            admin.createTopics(Stream.of(topics)
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("cannot create the topics", e);
        }
    }

    static void publish(String topic, String payload) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", address()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "state", payload.getBytes(StandardCharsets.UTF_8)))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("cannot publish to " + topic, e);
        }
    }
}
