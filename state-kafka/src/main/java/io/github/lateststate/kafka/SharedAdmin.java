package io.github.lateststate.kafka;

import io.github.lateststate.spi.StoppedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * An admin client, with its thread and its connections, for all subscriptions of this JVM with the same client
 * settings. Each of them asks it a few small questions every few seconds. The last user closes it. Thread-safe.
 */
final class SharedAdmin implements AutoCloseable {

    /** By the settings of the client, without the client.id, which is that of the first user. */
    private static final Map<Map<String, Object>, SharedAdmin> CURRENT = new HashMap<>();

    private final Map<String, Object> settings;
    private int users; // guarded by CURRENT
    private @Nullable Admin client;
    private volatile @Nullable Witnesses witnesses;
    private boolean closed;

    private SharedAdmin(Map<String, Object> settings) {
        this.settings = settings;
    }

    /** Makes the caller a user, who must close it. */
    static SharedAdmin of(KafkaSettings subscription) {
        Map<String, Object> settings = subscription.admin();
        settings.remove(AdminClientConfig.CLIENT_ID_CONFIG);
        synchronized (CURRENT) {
            SharedAdmin shared = CURRENT.computeIfAbsent(settings, SharedAdmin::new);
            shared.users++;
            return shared;
        }
    }

    /**
     * Returns the client. The first call creates it, and throws what Kafka throws. That may block, so closing does not
     * wait for it.
     *
     * @throws StoppedException if the last user has closed it
     */
    synchronized Admin client(KafkaSettings subscription) {
        if (closed) {
            throw new StoppedException();
        }
        if (client == null) {
            client = KafkaClients.admin(subscription);
            witnesses = new Witnesses(client, subscription);
        }
        return client;
    }

    /**
     * Returns the witnesses that are asked for leaders. They are as old as the client; empty while there is none. The
     * first question about leaders chooses one of them.
     */
    Optional<Witnesses> witnesses() {
        return Optional.ofNullable(witnesses);
    }

    /** Notes that it may no longer be good: later users get another one. */
    void distrust() {
        synchronized (CURRENT) {
            CURRENT.remove(settings, this);
        }
    }

    /** Ends one use. */
    @Override
    public void close() {
        synchronized (CURRENT) {
            users--;
            if (users > 0) {
                return;
            }
            CURRENT.remove(settings, this);
        }
        closeClient();
    }

    private synchronized void closeClient() {
        closed = true;
        witnesses().ifPresent(Witnesses::close);
        if (client != null) {
            KafkaClients.close(client);
        }
    }
}
