package io.github.lateststate.kafka;

import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The consumers that one look-back uses. Where a subscription follows alone, the first one reads the last records, and
 * goes on to follow: most look-backs need no other. A longer look-back uses a second one whose fetches do not wait at
 * the end of the log. For one thread; only {@link #wake} is for all.
 */
final class LookBackConsumers implements AutoCloseable {

    private final KafkaSettings settings;
    private final ClusterListener cluster = new ClusterListener();
    private final Consumer<byte[], byte[]> first;
    private final boolean follows;
    private volatile @Nullable Consumer<byte[], byte[]> second;

    /** Creates the first one. Throws what Kafka throws. */
    LookBackConsumers(KafkaSettings settings) {
        this.settings = settings;
        this.follows = settings.followsAfterLookBack();
        this.first = follows
                ? KafkaClients.followConsumer(settings, cluster)
                : KafkaClients.lookBackConsumer(settings, cluster);
    }

    /** The one to read with now. */
    Consumer<byte[], byte[]> current() {
        Consumer<byte[], byte[]> other = second;
        return other == null ? first : other;
    }

    /** Whether the one to read with now is made for following. It may lose records in a poll that fails. */
    boolean areAtTheEnd() {
        return follows && second == null;
    }

    /** Uses the second one from now on, which has no partitions assigned. */
    void readFurtherBack() {
        first.unsubscribe(); // drops the batch that it has fetched: two of them may not fit into memory
        second = KafkaClients.lookBackConsumer(settings.withGroup(settings.group() + "-look-back"), cluster);
    }

    /** The one that goes on to follow, if there is one. */
    Optional<Consumer<byte[], byte[]>> following() {
        return follows ? Optional.of(first) : Optional.empty();
    }

    /** The cluster id that the brokers report; empty before the first answer. */
    Optional<String> cluster() {
        return cluster.cluster();
    }

    /** Is told of each answer about the cluster after the first: something was missing in the one before. */
    void onLaterAnswer(Runnable listener) {
        cluster.onLaterAnswer(listener);
    }

    /** Ends a wait of the one that is used now. May be called from any thread. */
    void wake() {
        current().wakeup();
    }

    /** Closes those that are not needed after the look-back. */
    void closeAllButFollowing() {
        Consumer<byte[], byte[]> other = second;
        if (other != null) {
            KafkaClients.close(other);
        }
        if (!follows) {
            KafkaClients.close(first);
        }
    }

    /** Closes all. Has no effect on those that are closed. */
    @Override
    public void close() {
        closeAllButFollowing();
        KafkaClients.close(first);
    }
}
