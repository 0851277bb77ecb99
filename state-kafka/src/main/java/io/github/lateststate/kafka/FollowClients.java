package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * The clients that a {@link FollowLoop} follows with, and new ones when those at hand are no good any more. Of one thread, but for
 * {@link #wake}.
 */
final class FollowClients implements AutoCloseable {

    private final KafkaSettings settings;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private SharedAdmin admin;
    private EndsProbe probe;
    private volatile Consumer<byte[], byte[]> consumer;

    private FollowClients(
            KafkaSettings settings,
            Supplier<Consumer<byte[], byte[]>> consumers,
            SharedAdmin admin,
            EndsProbe probe,
            Consumer<byte[], byte[]> consumer) {
        this.settings = settings;
        this.consumers = consumers;
        this.admin = admin;
        this.probe = probe;
        this.consumer = consumer;
    }

    /** Makes clients; throws what Kafka throws then. */
    static FollowClients of(KafkaSettings settings) {
        return of(settings, () -> KafkaClients.followConsumer(settings));
    }

    static FollowClients of(KafkaSettings settings, Supplier<Consumer<byte[], byte[]>> consumers) {
        SharedAdmin admin = SharedAdmin.of(settings);
        try {
            EndsProbe probe = new EndsProbe(admin.client(settings), settings.isolation());
            return new FollowClients(settings, consumers, admin, probe, consumers.get());
        } catch (Throwable e) {
            admin.close();
            throw e;
        }
    }

    Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    /** How long a broker may keep a fetch until there is a record. */
    Duration longestFetch() {
        return settings.longestFetch();
    }

    EndsProbe probe() {
        return probe;
    }

    /** Ends a wait of the consumer. From any thread. */
    void wake() {
        consumer.wakeup();
    }

    /** Takes another consumer in place of one that does not get answers; it has nothing assigned. */
    void renewConsumer() {
        KafkaClients.abandon(consumer); // first, as they have the same client.id
        consumer = consumers.get();
    }

    /** Takes another admin client; the one at hand may serve others for as long as they like. */
    void renewAdmin() {
        SharedAdmin before = admin;
        before.distrust();
        admin = SharedAdmin.of(settings);
        before.close();
        probe = new EndsProbe(admin.client(settings), settings.isolation());
    }

    @Override
    public void close() {
        try {
            KafkaClients.close(consumer);
        } finally {
            admin.close();
        }
    }
}
