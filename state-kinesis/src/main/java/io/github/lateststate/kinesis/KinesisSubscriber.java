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
 * Follows Kinesis streams. You give a stream by its name, or by its ARN, which also reaches a stream of another
 * account. The region is then that of the ARN.
 *
 * <p>Settings of the client: {@code region} and {@code endpoint}; for all else, pass a client. Settings of the
 * library's own:
 *
 * <ul>
 *   <li>{@code state.group.prefix}: the instance's name is this, a hyphen and a random id. Default: {@code group}.
 *   <li>{@code state.fan.out}: {@code polling} (the default) shares five reads per second and per shard with all other
 *       readers of the stream. {@code enhanced} registers a consumer with the instance's name, which AWS bills, and
 *       deregisters it on close. It needs version 2.31.40 of the AWS SDK; with an older one the stream is polled, and
 *       a warning says so.
 * </ul>
 *
 * <p>docs/kinesis.md lists the required rights. A subscription with its own client uses three threads. Kinesis forgets
 * a record after the stream's retention: publish again before that. Safe for use by several threads.
 */
public final class KinesisSubscriber implements LatestStateSubscriber {

    private final @Nullable KinesisClients passed;

    /** For ServiceLoader, and for callers who pass an instance. */
    public KinesisSubscriber() {
        this.passed = null;
    }

    /**
     * Uses your own client. The settings {@code region} and {@code endpoint} are refused then, because the client has
     * both. With {@code state.fan.out=enhanced}, the client must speak HTTP/2 and allow a concurrent request for each
     * shard and ten more. Shards without room are polled, and a warning says so. Other uses of the client are not
     * counted. For polling, HTTP/1.1 is enough.
     *
     * @param client the client; you close it yourself, after the subscriptions that use it
     */
    public KinesisSubscriber(KinesisAsyncClient client) {
        this.passed = KinesisClients.passed(client);
    }

    /** The name, {@code kinesis}. */
    @Override
    public String name() {
        return "kinesis";
    }

    /** Reads {@code KINESIS_STREAM}, whose presence chooses Kinesis. */
    @Override
    public Optional<String> streamIn(Map<String, String> env) {
        return KinesisEnvironment.stream(env);
    }

    /**
     * Reads {@code KINESIS_CONSUMER_GROUP_PREFIX}, {@code KINESIS_FAN_OUT}, {@code AWS_REGION}, {@code AWS_ENDPOINT_URL_KINESIS} and {@code AWS_ENDPOINT_URL}. Neither
     * endpoint is read if {@code AWS_IGNORE_CONFIGURED_ENDPOINT_URLS} is {@code true}.
     *
     * @throws InvalidSettingException if {@code KINESIS_FAN_OUT} is neither of its values
     */
    @Override
    public Map<String, String> settingsIn(Map<String, String> env) {
        return KinesisEnvironment.settings(env);
    }

    /**
     * Starts a thread that connects, looks back and follows.
     *
     * @throws InvalidSettingException if a setting is refused or malformed; the message names it without its value
     * @throws IllegalStateException if the AWS SDK on the class path is older than 2.29; the message says what to change
     */
    @Override
    public Subscription subscribe(SubscriptionSettings settings, StateSink sink) {
        ClientVersion.require();
        KinesisSettings checked = ClientVersion.possible(KinesisSettings.of(settings));
        if (passed != null) {
            KinesisSettings.requireFit(settings, passed.client());
        }
        KinesisSubscription subscription = new KinesisSubscription(checked, passed, sink);
        subscription.start();
        return subscription;
    }
}
