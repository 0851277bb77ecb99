package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a {@link FollowLoop}. Replaces them when they no longer work. For one thread; only {@link #wake} is
 * for all.
 */
final class FollowClients implements AutoCloseable {

    private final KafkaSettings settings;
    private final int mostAtOnce;
    private final Function<KafkaSettings, Consumer<byte[], byte[]>> consumers;
    private SharedAdmin admin;
    private KafkaSettings adminSettings;
    private final Aside aside = new Aside();
    private @Nullable CompletableFuture<FollowProbe> probe;
    private boolean lookedBack;
    private volatile Consumer<byte[], byte[]> consumer;

    private FollowClients(
            KafkaSettings settings,
            Function<KafkaSettings, Consumer<byte[], byte[]>> consumers,
            SharedAdmin admin,
            Consumer<byte[], byte[]> consumer) {
        this.settings = settings;
        this.adminSettings = settings;
        this.mostAtOnce = settings.mostAtOnce();
        this.consumers = consumers;
        this.admin = admin;
        this.consumer = consumer;
    }

    /** Creates the clients. Throws what Kafka throws. */
    static FollowClients of(KafkaSettings settings) {
        return of(settings, KafkaClients::followConsumer);
    }

    static FollowClients of(KafkaSettings settings, Function<KafkaSettings, Consumer<byte[], byte[]>> consumers) {
        return of(settings, consumers, consumers);
    }

    /** Goes on with the consumer that looked back, and closes it. */
    static FollowClients goingOn(KafkaSettings settings, Consumer<byte[], byte[]> lookedBack) {
        FollowClients clients = of(settings, KafkaClients::followConsumer, at -> lookedBack);
        clients.lookedBack = true;
        return clients;
    }

    private static FollowClients of(
            KafkaSettings settings,
            Function<KafkaSettings, Consumer<byte[], byte[]>> consumers,
            Function<KafkaSettings, Consumer<byte[], byte[]>> first) {
        SharedAdmin admin = SharedAdmin.of(settings);
        try {
            return new FollowClients(settings, consumers, admin, first.apply(settings));
        } catch (Throwable e) {
            admin.close();
            throw e;
        }
    }

    Consumer<byte[], byte[]> consumer() {
        return consumer;
    }

    /** Where the look-back left the consumer, which need not seek there. Returns it once. */
    Map<TopicPartition, Long> lookedBackTo() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        if (lookedBack) {
            lookedBack = false;
            consumer.assignment()
                    .forEach(partition -> Positions.of(consumer, partition)
                            .ifPresent(position -> positions.put(partition, position)));
        }
        return positions;
    }

    /** How long a broker may keep a fetch until there is a record. */
    Duration longestFetch() {
        return settings.longestFetch();
    }

    /** The most records that one poll returns. */
    int mostAtOnce() {
        return mostAtOnce;
    }

    /**
     * Asks the broker, as {@link FollowProbe#ask} does. If there is no admin client yet, it is created on another thread:
     * records must not wait for it.
     */
    List<CompletableFuture<TopicBounds>> ask(List<Topic> followed) {
        CompletableFuture<FollowProbe> present = probe;
        if (present == null || present.isCompletedExceptionally()) {
            present = probe(() -> {});
        }
        CompletableFuture<List<CompletableFuture<TopicBounds>>> answers =
                Deadline.within(present, FollowProbe.PATIENCE).thenApply(asks -> asks.ask(followed));
        return IntStream.range(0, followed.size())
                .mapToObj(i -> answers.thenCompose(all -> all.get(i)))
                .toList();
    }

    private CompletableFuture<FollowProbe> probe(Runnable first) {
        SharedAdmin with = admin;
        KafkaSettings at = adminSettings;
        CompletableFuture<FollowProbe> created = aside.supply(() -> {
            first.run();
            return new FollowProbe(with.client(at), at.isolation());
        });
        probe = created;
        return created;
    }

    /** Ends a wait of the consumer. May be called from any thread. */
    void wake() {
        consumer.wakeup();
    }

    /** Replaces a consumer that gets no answers. The new one has no partitions assigned. */
    void renewConsumer() {
        renewConsumer(settings);
    }

    private void renewConsumer(KafkaSettings at) {
        KafkaClients.abandon(consumer); // first, because both have the same client.id
        consumer = consumers.apply(at);
    }

    /** Uses another admin client. The present one may still serve others. */
    void renewAdmin() {
        renewAdmin(settings);
    }

    private void renewAdmin(KafkaSettings at) {
        SharedAdmin before = admin;
        before.distrust();
        admin = SharedAdmin.of(at);
        adminSettings = at;
        var unused = probe(before::close); // first, because both have the same client.id
    }

    /**
     * Uses other clients, which begin at other brokers: the present ones may be sent back to an outdated leader again
     * and again.
     *
     * @param newestKnownAt where a newer leader is known, if that was found
     * @param outdated knows where to begin otherwise
     */
    void renew(Optional<KafkaSettings> newestKnownAt, OutdatedLeaderException outdated) {
        KafkaSettings at = newestKnownAt.orElseGet(() -> outdated.elsewhere(settings));
        renewAdmin(at);
        renewConsumer(at);
    }

    /** The brokers that are asked whether the leaders still lead; empty while there is no admin client. */
    Optional<Witnesses> witnesses() {
        return admin.witnesses();
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
