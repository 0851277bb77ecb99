package io.github.lateststate.kafka;

import io.github.lateststate.spi.InvalidSettingException;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Checked settings of one subscription.
 *
 * @param topic the topic
 * @param group the instance's own group.id and client.id
 * @param createTopic whether to create a missing topic
 * @param shareClients whether to follow by the consumer of all others who say so, too
 * @param isolation what "the end of the log" is
 * @param client the caller's settings, for the Kafka clients
 */
record KafkaSettings(
        String topic,
        String group,
        boolean createTopic,
        boolean shareClients,
        IsolationLevel isolation,
        Map<String, String> client) {

    static final String CREATE_TOPIC = "state.create.topic";
    static final String SHARE_CLIENTS = "state.share.clients";

    private static final Map<String, ConfigDef.ConfigKey> CONSUMER =
            ConsumerConfig.configDef().configKeys();

    /** A client objects to a missing port only when it connects, as it does to a host that is not known yet. */
    private static final Pattern ADDRESS = Pattern.compile("\\S+:\\d+");

    private static final String NO_GROUP = "no consumer group is joined, and each instance has a group of its own; "
            + SubscriptionSettings.GROUP_PREFIX + " sets its prefix";
    private static final String DECODER = "records are read as bytes, and the state's Decoder turns them into values";

    private static final Map<String, String> REFUSED = Map.of(
            ConsumerConfig.GROUP_ID_CONFIG, NO_GROUP,
            ConsumerConfig.CLIENT_ID_CONFIG, NO_GROUP,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, NO_GROUP,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG, NO_GROUP,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, NO_GROUP,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "nothing is committed: a state is looked up anew at every start",
            ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, DECODER,
            ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, DECODER,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "the position is always known, and a reset would skip the newest record",
            ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "set " + CREATE_TOPIC + "=true to create a missing topic");

    static KafkaSettings of(SubscriptionSettings settings) {
        settings.requireKnown(Set.of(CREATE_TOPIC, SHARE_CLIENTS));
        Map<String, String> client = settings.clientSettings();
        client.keySet().forEach(KafkaSettings::refuse);
        KafkaSettings checked = new KafkaSettings(
                settings.stream(),
                settings.newGroup(),
                settings.flag(CREATE_TOPIC),
                settings.flag(SHARE_CLIENTS),
                isolation(client),
                Map.copyOf(client));
        checked.validate();
        return checked;
    }

    /** The same for another group. */
    KafkaSettings withGroup(String another) {
        return new KafkaSettings(topic, another, createTopic, shareClients, isolation, client);
    }

    /** What a consumer that follows is made with. */
    Map<String, Object> consumer() {
        Map<String, Object> consumer = new HashMap<>(client);
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        consumer.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
        consumer.put(
                ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic"); // "consumer" wants the group ACL even for assign()
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        consumer.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        consumer.putIfAbsent(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "4"); // large ones; of small ones many polls are one
        return consumer;
    }

    /**
     * What a consumer that looks back is made with. It seeks backwards, and a fetch that waits at the end for
     * {@code fetch.max.wait.ms} would hold up each seek for as long; it may read a long stretch without a record in it. It
     * lives for some milliseconds, of which publishing its metrics would be a good part.
     */
    Map<String, Object> lookBackConsumer() {
        Map<String, Object> consumer = consumer();
        consumer.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
        consumer.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1"); // none is lost with one that cannot be read
        consumer.put(ConsumerConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        consumer.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
        consumer.putIfAbsent(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4194304");
        return consumer;
    }

    /**
     * What the admin client is made with: all that a consumer alone understands is left out. Nobody waits for its metrics,
     * while everybody waits for its first answer.
     */
    Map<String, Object> admin() {
        Set<String> consumerOnly = new HashSet<>(ConsumerConfig.configNames());
        consumerOnly.removeAll(AdminClientConfig.configNames());
        Map<String, Object> admin = new HashMap<>(client);
        admin.keySet().removeAll(consumerOnly);
        admin.put(AdminClientConfig.CLIENT_ID_CONFIG, group);
        admin.putIfAbsent(AdminClientConfig.METRIC_REPORTER_CLASSES_CONFIG, "");
        admin.putIfAbsent(AdminClientConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
        return admin;
    }

    String bootstrapServers() {
        return client.getOrDefault(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "");
    }

    /** The topic and the group; no values of other settings, for a password may be among them. */
    @Override
    public String toString() {
        return "topic " + topic + " as " + group;
    }

    private void validate() {
        if (bootstrapServers().isBlank()) {
            throw new InvalidSettingException(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    "The setting bootstrap.servers is missing: name the brokers, for example localhost:9092.");
        }
        for (String address : bootstrapServers().split(",", -1)) {
            if (!address.isBlank() && !ADDRESS.matcher(address.strip()).matches()) {
                throw new InvalidSettingException(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        "The setting bootstrap.servers names '" + address
                                + "': write host:port, for example localhost:9092.");
            }
        }
        client.forEach(KafkaSettings::validate);
    }

    private static void validate(String name, String value) {
        ConfigDef.ConfigKey known = CONSUMER.get(name);
        if (known == null) {
            return; // for a plug-in of the caller's, or it is Kafka's to warn of
        }
        try {
            Object parsed = ConfigDef.parseType(name, value, known.type());
            if (known.validator != null) {
                known.validator.ensureValid(name, parsed);
            }
        } catch (ConfigException e) {
            throw new InvalidSettingException(
                    name, "Kafka does not take the setting " + name + ": " + e.getMessage() + ".");
        }
    }

    private static void refuse(String name) {
        String reason = REFUSED.get(name);
        if (reason != null) {
            throw new InvalidSettingException(name, "The setting " + name + " cannot be given: " + reason + ".");
        }
    }

    private static IsolationLevel isolation(Map<String, String> client) {
        String level = client.getOrDefault(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return switch (level) {
            case "read_committed" -> IsolationLevel.READ_COMMITTED;
            case "read_uncommitted" -> IsolationLevel.READ_UNCOMMITTED;
            default ->
                throw new InvalidSettingException(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "The setting isolation.level is '" + level + "': write read_committed or read_uncommitted.");
        };
    }
}
