package io.github.lateststate.kafka;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.Map;
import java.util.Optional;

/**
 * Follows Kafka topics. You can give every setting of a Kafka consumer, by its Kafka name. Settings that would break
 * what the library promises are refused by name: {@code group.id}, {@code client.id}, the deserializers,
 * {@code auto.offset.reset}, {@code enable.auto.commit} and those of the group protocol. {@code isolation.level} is
 * {@code read_committed} unless you set {@code read_uncommitted}.
 *
 * <p>Settings of the library's own:
 *
 * <ul>
 *   <li>{@code state.group.prefix}: the instance's {@code group.id} and {@code client.id} are this, a hyphen and a
 *       random id. Default: {@code group}. Nothing is committed, and no group is left at the broker.
 *   <li>{@code state.create.topic}: whether to create a missing topic, with one partition, {@code retention.ms=-1} and
 *       a bounded {@code retention.bytes}, so that its last record is never deleted. Default: {@code false}, which
 *       waits for the topic.
 *   <li>{@code state.share.clients}: whether to follow with one consumer and one thread, together with all other
 *       subscriptions of this JVM that set this and have the same client settings and isolation. Use it only when one
 *       JVM follows hundreds of topics and the decoders are quick. Decoders run on the shared threads: while one runs,
 *       the other states wait, and one that hangs blocks them all. The age of their last contact shows this.
 *       Look-backs take turns on two threads. Default: {@code false}.
 * </ul>
 *
 * <p>Required rights: READ on the topic (with {@code state.create.topic} also CREATE); none on the group. A
 * subscription that does not share uses two threads: its own, and that of Kafka's admin client, which is shared. In a
 * cluster of several brokers, the client that asks another broker who leads has one more, which is shared, too. Safe for
 * use by several threads.
 */
public final class KafkaSubscriber implements LatestStateSubscriber {

    /** For ServiceLoader, and for callers who pass an instance. */
    public KafkaSubscriber() {}

    /** The name, {@code kafka}. */
    @Override
    public String name() {
        return "kafka";
    }

    /** Reads {@code KAFKA_TOPIC}, whose presence chooses Kafka. */
    @Override
    public Optional<String> streamIn(Map<String, String> env) {
        return KafkaEnvironment.topic(env);
    }

    /**
     * Reads these variables:
     *
     * <ul>
     *   <li>{@code KAFKA_BOOTSTRAP_SERVERS}: the brokers. Default: {@code localhost:9092}.
     *   <li>{@code KAFKA_CONSUMER_GROUP_PREFIX} and {@code KAFKA_CREATE_TOPIC}.
     *   <li>Every {@code KAFKA_…} that is a setting of a consumer or an admin client in capitals, such as
     *       {@code KAFKA_SECURITY_PROTOCOL}.
     *   <li>Names with parts that you choose, such as {@code KAFKA_CONFIG_PROVIDERS_FILE_CLASS}, if they begin with
     *       {@code config.providers.}, {@code listener.name.}, {@code sasl.}, {@code ssl.} or {@code metrics.jmx.};
     *       there {@code __} is a hyphen and {@code ___} an underscore.
     * </ul>
     *
     * @throws InvalidSettingException if {@code KAFKA_CREATE_TOPIC} is neither true nor false
     */
    @Override
    public Map<String, String> settingsIn(Map<String, String> env) {
        return ContextLoader.knowingKafka(() -> KafkaEnvironment.settings(env));
    }

    /**
     * Starts to connect, look back and follow, on a thread of its own or on shared ones. It resolves references to
     * {@code config.providers} first, which may read files.
     *
     * @throws InvalidSettingException if a setting is refused, malformed or cannot be resolved; the message names it without its value
     * @throws IllegalStateException if kafka-clients on the class path is older than 3.1; the message says what to change
     */
    @Override
    public Subscription subscribe(SubscriptionSettings settings, StateSink sink) {
        ClientVersion.require();
        return ContextLoader.knowingKafka(() -> start(settings, sink));
    }

    private static Subscription start(SubscriptionSettings settings, StateSink sink) {
        KafkaSubscription subscription = new KafkaSubscription(KafkaSettings.of(settings), sink);
        subscription.start();
        return subscription;
    }
}
