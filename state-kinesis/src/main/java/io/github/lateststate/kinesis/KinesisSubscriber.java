package io.github.lateststate.kinesis;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/**
 * Follows Kinesis streams. A stream is given by its name, or by its ARN, which also reaches a stream of another account; the
 * region is then that of the ARN.
 *
 * <p>Settings of the client: {@code region} and {@code endpoint}; for all else hand in a client. Settings of the library's own:
 *
 * <ul>
 *   <li>{@code state.group.prefix}: the instance's name is this, a hyphen and a random id. Default: {@code group}.
 *   <li>{@code state.fan.out}: {@code polling} (the default) shares five reads a second and shard with whoever else reads the
 *       stream; {@code enhanced} registers a consumer of that name, which AWS bills, and deregisters it on close.
 * </ul>
 *
 * <p>Needed rights are in docs/kinesis.md. One subscription with a client of its own uses three threads. Kinesis forgets a record
 * after the stream's retention: publish again before that. Safe for use by several threads.
 */
public final class KinesisSubscriber implements LatestStateSubscriber {

    private final @Nullable KinesisClients handedIn;

    /** Makes a subscriber; ServiceLoader does, and so may callers. */
    public KinesisSubscriber() {
        this.handedIn = null;
    }

    /**
     * Makes a subscriber that uses a client of yours. The settings {@code region} and {@code endpoint} are refused then, as it
     * has both. With {@code state.fan.out=enhanced} it has to speak HTTP/2, and to allow a concurrent request for each shard and
     * ten more; shards that find no room are polled, and a warning says so. What else uses the client is not counted. For polling, HTTP/1.1 will do.
     *
     * @param client the client; it stays yours to close, after the subscriptions that use it
     */
    public KinesisSubscriber(KinesisAsyncClient client) {
        this.handedIn = KinesisClients.handedIn(client);
    }

    /** The name, {@code kinesis}. */
    @Override
    public String name() {
        return "kinesis";
    }

    /**
     * Reads {@code KINESIS_STREAM}, whose presence chooses Kinesis, {@code KINESIS_CONSUMER_GROUP_PREFIX},
     * {@code KINESIS_FAN_OUT}, {@code AWS_REGION}, {@code AWS_ENDPOINT_URL_KINESIS} and {@code AWS_ENDPOINT_URL}. Neither
     * endpoint is read if {@code AWS_IGNORE_CONFIGURED_ENDPOINT_URLS} is {@code true}.
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
        KinesisSettings checked = KinesisSettings.of(settings);
        if (handedIn != null) {
            KinesisSettings.requireFit(settings, handedIn.client());
        }
        KinesisSubscription subscription = new KinesisSubscription(checked, handedIn, sink);
        subscription.start();
        return subscription;
    }
}
