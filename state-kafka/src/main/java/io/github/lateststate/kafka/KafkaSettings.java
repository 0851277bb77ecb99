package io.github.lateststate.kafka;

import io.github.lateststate.spi.SubscriptionSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Checked settings of one subscription.
 *
 * @param topic the topic
 * @param group the instance's own group.id and client.id
 * @param createTopic whether to create a missing topic
 * @param shareClients whether to share a consumer with all other subscriptions that set this
 * @param given the caller's settings as they were given: each new client resolves references to
 *     {@code config.providers} by itself, so it finds a changed password
 * @param resolved the same settings, resolved
 */
record KafkaSettings(
        String topic,
        String group,
        boolean createTopic,
        boolean shareClients,
        SubscriptionSettings given,
        Map<String, String> resolved) {

    static final String CREATE_TOPIC = "state.create.topic";
    static final String SHARE_CLIENTS = "state.share.clients";

    private static final int SHOWN_BROKERS = 5;

    /** Few, because they may be large. Many polls are combined if the records are small. */
    private static final int MOST_AT_ONCE = 4;

    static KafkaSettings of(SubscriptionSettings given) {
        SubscriptionSettings settings = ConfigProviders.resolved(given);
        settings.requireKnown(Set.of(CREATE_TOPIC, SHARE_CLIENTS));
        KafkaSettings checked = new KafkaSettings(
                settings.stream(),
                settings.newGroup(),
                settings.flag(CREATE_TOPIC),
                settings.flag(SHARE_CLIENTS),
                given,
                Map.copyOf(settings.clientSettings()));
        checked.isolation();
        ClientSettings.check(checked.resolved());
        return checked;
    }

    /** The same subscription with its present settings. */
    KafkaSettings renewed() {
        SubscriptionSettings now = given.renewed();
        return now.equals(given) ? this : of(now).withGroup(group);
    }

    private Map<String, String> client() {
        return given.clientSettings();
    }

    /** Defines what "the end of the log" is. */
    IsolationLevel isolation() {
        return ClientSettings.isolation(resolved);
    }

    /** The same for another group. */
    KafkaSettings withGroup(String another) {
        return new KafkaSettings(topic, another, createTopic, shareClients, given, resolved);
    }

    /** The same settings, with these brokers to begin at. */
    KafkaSettings at(List<Node> brokers) {
        SubscriptionSettings there = given.with(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers.stream().map(KafkaSettings::address).collect(Collectors.joining(",")));
        return new KafkaSettings(topic, group, createTopic, shareClients, there, resolved);
    }

    private static String address(Node broker) {
        String host = broker.host();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + broker.port();
    }

    /** The most records that one poll of the following consumer returns. */
    int mostAtOnce() {
        return number(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_AT_ONCE);
    }

    /** The settings of a consumer that follows. */
    Map<String, Object> consumer() {
        Map<String, Object> consumer = new HashMap<>(client());
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        consumer.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        consumer.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation().name().toLowerCase(Locale.ROOT));
        // "consumer" wants the group ACL even for assign()
        consumer.putAll(known(Map.of(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic")));
        consumer.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, String.valueOf(mostAtOnce()));
        consumer.putIfAbsent(
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                String.valueOf(longestFetch().toMillis()));
        return consumer;
    }

    /**
     * Whether the consumer that follows also reads the last records. If it has to wait for more than one byte, it would
     * wait at each end of a log.
     */
    boolean followsAfterLookBack() {
        return !shareClients && number(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1) <= 1;
    }

    /**
     * The settings of a consumer that looks back. It seeks backwards, so a fetch must not wait at the end for
     * {@code fetch.max.wait.ms}: each seek would take that long. It may read a long stretch without a record in it. It
     * lives for some milliseconds, and publishing its metrics would take a large part of that.
     */
    Map<String, Object> lookBackConsumer() {
        Map<String, Object> consumer = consumer();
        consumer.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1"); // none is lost with one that cannot be read
        consumer.put(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        consumer.putAll(known(Map.of(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, "false")));
        consumer.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4194304");
        return consumer;
    }

    /**
     * The settings of the admin client, without those that only a consumer understands. Nobody waits for its metrics,
     * but everybody waits for its first answer.
     */
    Map<String, Object> admin() {
        Map<String, Object> admin = ClientSettings.ofAdmin(client());
        admin.put(AdminClientConfig.CLIENT_ID_CONFIG, group);
        admin.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, String.valueOf(adminRequestTimeout()));
        admin.putIfAbsent(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        ClientVersion.known(
                        AdminClientConfig.configNames(),
                        Map.of(
                                AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG,
                                "false",
                                // Else it bootstraps again and again in an outage, and logs that. A client that gets no
                                // answer is replaced anyway.
                                AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG,
                                "none"))
                .forEach(admin::putIfAbsent);
        return admin;
    }

    private static Map<String, String> known(Map<String, String> settings) {
        return ClientVersion.known(ConsumerConfig.configNames(), settings);
    }

    /**
     * How long a broker may hold back a fetch of a consumer that follows. A record ends the wait at once, so a longer
     * wait only means fewer requests of an idle state. Shared consumers keep Kafka's default, because a state that
     * joins one may have to wait for as long.
     */
    Duration longestFetch() {
        return Duration.ofMillis(number(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, shareClients ? 500 : 750));
    }

    /** The brokers, for a message. */
    String brokers() {
        List<String> all = ClientSettings.addresses(resolved);
        String shown = String.join(",", all.subList(0, Math.min(all.size(), SHOWN_BROKERS)));
        return all.size() > SHOWN_BROKERS ? shown + " and " + (all.size() - SHOWN_BROKERS) + " more" : shown;
    }

    /** Removes the values of the settings from Kafka's messages. */
    Redaction redaction() {
        return Redaction.of(client(), resolved);
    }

    /** The topic and the group. No values of other settings: one may be a password. */
    @Override
    public String toString() {
        return "topic " + topic + " as " + group;
    }

    /** Unlike a consumer, an admin client refuses a request time-out that is longer than that of the call. */
    private int adminRequestTimeout() {
        return Math.min(
                adminNumber(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG),
                adminNumber(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG));
    }

    private int adminNumber(String name) {
        return number(name, ClientSettings.adminDefault(name));
    }

    private int number(String name, int otherwise) {
        Object value =
                ConfigDef.parseType(name, resolved.getOrDefault(name, String.valueOf(otherwise)), ConfigDef.Type.INT);
        return (int) Objects.requireNonNull(value, name);
    }
}
