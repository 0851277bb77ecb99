package io.github.lateststate.kafka;

import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Creates and closes Kafka's clients. A client.id must not be in use twice at a time: Kafka warns of that. */
final class KafkaClients {

    /** How long an admin client has to finish its requests; a dead broker does not answer. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    /**
     * How long a consumer has to send that it ends its fetch session. The answer would come after the parked fetch, up
     * to {@code fetch.max.wait.ms} later. The broker reads the request even if the connection is closed by then.
     */
    private static final Duration LAST_WORD = Duration.ofMillis(100);

    private KafkaClients() {}

    static Admin admin(KafkaSettings settings) {
        return Admin.create(settings.admin());
    }

    static Consumer<byte[], byte[]> lookBackConsumer(KafkaSettings settings, ClusterListener cluster) {
        return new KafkaConsumer<>(settings.lookBackConsumer(), cluster, new ByteArrayDeserializer());
    }

    static Consumer<byte[], byte[]> followConsumer(KafkaSettings settings, ClusterListener cluster) {
        return new KafkaConsumer<>(settings.consumer(), cluster, new ByteArrayDeserializer());
    }

    static Consumer<byte[], byte[]> followConsumer(KafkaSettings settings) {
        return followConsumer(settings, new ClusterListener());
    }

    static void close(Admin admin) {
        admin.close(GOODBYE);
    }

    /** Closes an admin client that has nothing more to send. */
    static void abandon(Admin admin) {
        admin.close(Duration.ZERO);
    }

    /** Closes a consumer whose broker does not answer anyway. */
    static void abandon(Consumer<?, ?> consumer) {
        ClientVersion.close(consumer, Duration.ZERO);
    }

    static void close(Consumer<?, ?> consumer) {
        ClientVersion.close(consumer, LAST_WORD);
    }
}
