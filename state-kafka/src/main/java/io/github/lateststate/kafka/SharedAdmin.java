package io.github.lateststate.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * An admin client, with its thread and its connections, for all subscriptions of this JVM whose clients are set up alike: each asks it
 * a few small questions every few seconds. It is closed with its last user. Thread-safe.
 */
final class SharedAdmin implements AutoCloseable {

    /** By the settings of the client, without the client.id, which is that of the first user. */
    private static final Map<Map<String, Object>, SharedAdmin> CURRENT = new HashMap<>();

    private final Map<String, Object> settings;
    private int users; // guarded by CURRENT
    private @Nullable Admin client;
    private @Nullable Witnesses witnesses;

    private SharedAdmin(Map<String, Object> settings) {
        this.settings = settings;
    }

    /** Makes the caller a user, who has to close it. */
    static SharedAdmin of(KafkaSettings subscription) {
        Map<String, Object> settings = subscription.admin();
        settings.remove(AdminClientConfig.CLIENT_ID_CONFIG);
        synchronized (CURRENT) {
            SharedAdmin shared = CURRENT.computeIfAbsent(settings, SharedAdmin::new);
            shared.users++;
            return shared;
        }
    }

    /** Returns the client; the first call makes it, and throws what Kafka throws then. That may block, so nobody who closes waits for it. */
    synchronized Admin client(KafkaSettings subscription) {
        if (client == null) {
            client = KafkaClients.admin(subscription);
        }
        return client;
    }

    /** Returns those who are asked for leaders; like {@link #client}. */
    synchronized Witnesses witnesses(KafkaSettings subscription) {
        if (witnesses == null) {
            witnesses = new Witnesses(client(subscription), subscription);
        }
        return witnesses;
    }

    /** Says that it may not be good any more: who comes later gets another one. */
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
        if (witnesses != null) {
            witnesses.close();
        }
        if (client != null) {
            KafkaClients.close(client);
        }
    }
}
