package io.github.lateststate.kafka;

import io.github.lateststate.spi.StoppedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
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
    private @Nullable CompletableFuture<Admin> client; // guarded by this; done when the client is made
    private volatile @Nullable Witnesses witnesses;
    private volatile boolean closed;

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
    Admin client(KafkaSettings subscription) {
        boolean isFirst;
        CompletableFuture<Admin> making;
        synchronized (this) {
            isFirst = client == null;
            making = client == null ? new CompletableFuture<>() : client;
            client = making;
        }
        if (isFirst) {
            make(making, subscription);
        }
        Admin shared = join(making);
        if (closed) {
            throw new StoppedException();
        }
        return shared;
    }

    private void make(CompletableFuture<Admin> made, KafkaSettings subscription) {
        try {
            if (closed) {
                throw new StoppedException();
            }
            Admin admin = KafkaClients.admin(subscription);
            witnesses = new Witnesses(admin, subscription);
            made.complete(admin);
        } catch (Throwable e) {
            synchronized (this) {
                client = null; // the next call tries again
            }
            made.completeExceptionally(e);
        }
    }

    private static Admin join(CompletableFuture<Admin> making) {
        try {
            return making.join();
        } catch (CompletionException e) {
            Throwable cause = Causes.of(e);
            if (cause instanceof Error error) {
                throw error;
            }
            throw cause instanceof RuntimeException failed ? failed : new KafkaException(cause);
        }
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

    /** If the client is being made, the thread that makes it closes it. */
    private void closeClient() {
        CompletableFuture<Admin> made;
        synchronized (this) {
            closed = true;
            made = client;
        }
        if (made != null) {
            var unused = made.thenAccept(admin -> {
                witnesses().ifPresent(Witnesses::close);
                KafkaClients.close(admin);
            });
        }
    }
}
