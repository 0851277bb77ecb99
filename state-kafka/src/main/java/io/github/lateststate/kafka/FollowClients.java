package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * The clients that a {@link FollowLoop} follows with, and new ones when those at hand are no good any more. Of one thread, but for
 * {@link #wake}.
 */
final class FollowClients implements AutoCloseable {

    private final KafkaSettings settings;
    private final Function<KafkaSettings, Consumer<byte[], byte[]>> consumers;
    private SharedAdmin admin;
    private EndsProbe probe;
    private volatile Consumer<byte[], byte[]> consumer;

    private FollowClients(
            KafkaSettings settings,
            Function<KafkaSettings, Consumer<byte[], byte[]>> consumers,
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
        return of(settings, KafkaClients::followConsumer);
    }

    static FollowClients of(KafkaSettings settings, Function<KafkaSettings, Consumer<byte[], byte[]>> consumers) {
        SharedAdmin admin = SharedAdmin.of(settings);
        try {
            EndsProbe probe = new EndsProbe(admin.client(settings), settings.isolation());
            return new FollowClients(settings, consumers, admin, probe, consumers.apply(settings));
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
        renewConsumer(settings);
    }

    private void renewConsumer(KafkaSettings at) {
        KafkaClients.abandon(consumer); // first, as they have the same client.id
        consumer = consumers.apply(at);
    }

    /** Takes another admin client; the one at hand may serve others for as long as they like. */
    void renewAdmin() {
        renewAdmin(settings);
    }

    private void renewAdmin(KafkaSettings at) {
        SharedAdmin before = admin;
        before.distrust();
        admin = SharedAdmin.of(at);
        before.close();
        probe = new EndsProbe(admin.client(at), at.isolation());
    }

    /** Takes other clients, which begin at other brokers: those at hand may be told again and again to ask a broker that is outdated. */
    void renew(Optional<KafkaSettings> others) {
        KafkaSettings at = others.orElse(settings);
        renewAdmin(at);
        renewConsumer(at);
    }

    /** The brokers to ask whether the leaders still lead. */
    Witnesses witnesses() {
        return admin.witnesses(settings);
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
