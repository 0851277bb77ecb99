package io.github.lateststate.demo.producer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Sends to a Kafka topic, always with the same key, so that compaction keeps only the last message. A second key would bring an
 * older state back: once compaction has removed the tombstone of the newer key, a starting instance takes the last record of the other.
 */
final class KafkaPublisher implements Publisher {

    private static final String KEY = "state";
    private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(1);

    private final KafkaEnvironment kafka;
    private final Producer<String, String> producer;

    private KafkaPublisher(KafkaEnvironment kafka, Producer<String, String> producer) {
        this.kafka = kafka;
        this.producer = producer;
    }

    /** Asks for the topic first: a producer reports a missing topic and a missing broker with the same error. */
    static KafkaPublisher connect(KafkaEnvironment kafka) {
        try {
            requireTopic(kafka);
            return new KafkaPublisher(
                    kafka,
                    new KafkaProducer<>(kafka.producerSettings(), new StringSerializer(), new StringSerializer()));
        } catch (KafkaException e) {
            throw notPublished(kafka, e);
        }
    }

    @Override
    public void publish(String message) {
        try {
            await(producer.send(new ProducerRecord<>(kafka.topic(), KEY, message)));
        } catch (KafkaException e) {
            throw notPublished(kafka, e);
        }
    }

    @Override
    public void close() {
        producer.close(TIME_TO_CLOSE);
    }

    private static void requireTopic(KafkaEnvironment kafka) {
        Admin admin = Admin.create(kafka.adminSettings());
        try {
            await(admin.describeTopics(List.of(kafka.topic())).allTopicNames());
        } finally {
            admin.close(TIME_TO_CLOSE);
        }
    }

    private static void await(Future<?> answer) {
        try {
            answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while waiting for the broker", e);
        }
    }

    private static NotPublishedException notPublished(KafkaEnvironment kafka, KafkaException cause) {
        String servers = kafka.brokers();
        if (cause instanceof UnknownTopicOrPartitionException) {
            return new NotPublishedException(
                    "There is no topic '" + kafka.topic() + "' at " + servers
                            + ": start the demo's server with the same"
                            + " KAFKA_TOPIC, which creates it (KAFKA_CREATE_TOPIC), or create it yourself.",
                    cause);
        }
        if (cause instanceof InvalidTopicException) {
            return new NotPublishedException(
                    "KAFKA_TOPIC is '" + kafka.topic() + "', which is not a valid topic name.", cause);
        }
        if (cause instanceof TimeoutException) {
            return new NotPublishedException(
                    "Kafka is away: no answer from " + servers
                            + ". Start a broker there (the demo's server brings one),"
                            + " or set KAFKA_BOOTSTRAP_SERVERS.",
                    cause);
        }
        return new NotPublishedException("Cannot send to " + servers + ": " + reason(kafka, cause), cause);
    }

    /**
     * Returns the innermost message, on one line: the outer ones only say that a client could not be created. If it repeats the value
     * of a variable, which may be a password, returns the setting's name instead.
     */
    private static String reason(KafkaEnvironment kafka, Throwable failure) {
        Throwable innermost = failure;
        for (Throwable next = failure.getCause(); next != null; next = next.getCause()) {
            innermost = next;
        }
        String text = String.valueOf(innermost.getMessage()).lines().findFirst().orElse("");
        return kafka.quotedIn(text)
                .map(setting -> "Kafka refuses the setting " + setting + ". Check its variable.")
                .orElse(text);
    }
}
