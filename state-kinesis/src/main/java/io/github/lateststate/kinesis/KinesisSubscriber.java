package io.github.lateststate.kinesis;

import io.github.lateststate.spi.InvalidSettingException;
import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * Follows Kinesis streams.
 */
public final class KinesisSubscriber implements LatestStateSubscriber {

    private final @Nullable KinesisAsyncClient client;

    /** Makes a subscriber; ServiceLoader does, and so may callers. */
    public KinesisSubscriber() {
        this.client = null;
    }

    /**
     * Makes a subscriber that uses a client of yours.
     *
     * @param client the client; it stays yours to close
     */
    public KinesisSubscriber(KinesisAsyncClient client) {
        this.client = client;
    }

    /** The name, {@code kinesis}. */
    @Override
    public String name() {
        return "kinesis";
    }

    /**
     * Reads {@code KINESIS_STREAM}.
     *
     * @throws InvalidSettingException if {@code KINESIS_FAN_OUT} is neither of its values
     */
    @Override
    public Optional<SubscriptionSettings> fromEnvironment(Map<String, String> env) {
        return KinesisEnvironment.settings(env);
    }

    /** Starts a thread that connects, looks back and follows. */
    @Override
    public Subscription subscribe(SubscriptionSettings settings, StateSink sink) {
        KinesisSubscription subscription = new KinesisSubscription(KinesisSettings.of(settings), client, sink);
        subscription.start();
        return subscription;
    }
}
