package io.github.lateststate.kafka;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Checks settings for Kafka's clients, and knows which client understands which setting. Reports what is wrong without the value,
 * which may hold a password.
 */
final class ClientSettings {

    private static final Map<String, ConfigDef.ConfigKey> CONSUMER =
            ConsumerConfig.configDef().configKeys();
    private static final Map<String, ConfigDef.ConfigKey> ADMIN =
            AdminClientConfig.configDef().configKeys();

    /**
     * A client complains about a missing port only when it connects, like about a host that is not known yet. Text that
     * matches cannot hold credentials, so it is safe to show.
     */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:[\\w.+-]*://)?((?:[\\p{L}\\p{N}_.-]{1,255}|\\[[0-9a-fA-F:.]+(?:%[\\w.-]+)?]|[0-9a-fA-F.]*(?::[0-9a-fA-F.]*){2,}):\\d{1,5})");

    private static final String NO_GROUP = "no consumer group is joined, and each instance has a group of its own; "
            + SubscriptionSettings.GROUP_PREFIX + " sets its prefix";
    private static final String DECODER = "records are read as bytes, and the state's Decoder turns them into values";

    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry(ConsumerConfig.GROUP_ID_CONFIG, NO_GROUP),
            Map.entry(ConsumerConfig.CLIENT_ID_CONFIG, NO_GROUP),
            Map.entry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, NO_GROUP),
            Map.entry(ConsumerConfig.GROUP_PROTOCOL_CONFIG, NO_GROUP),
            Map.entry(ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG, NO_GROUP),
            Map.entry(
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    "nothing is committed: each start looks up the state again"),
            Map.entry(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, DECODER),
            Map.entry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, DECODER),
            Map.entry(
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    "the position is always known, and a reset would skip the newest record"),
            Map.entry(
                    ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    "set " + KafkaSettings.CREATE_TOPIC + "=true to create a missing topic"),
            Map.entry("bootstrap.controllers", "a state is read from brokers: set bootstrap.servers"));

    private static final Set<String> CONSUMER_ONLY = consumerOnly();

    private static final Set<ConfigDef.Type> NUMBERS = Set.of(
            ConfigDef.Type.BOOLEAN,
            ConfigDef.Type.SHORT,
            ConfigDef.Type.INT,
            ConfigDef.Type.LONG,
            ConfigDef.Type.DOUBLE);

    private ClientSettings() {}

    private static Set<String> consumerOnly() {
        Set<String> names = new HashSet<>(CONSUMER.keySet());
        names.removeAll(ADMIN.keySet());
        return Set.copyOf(names);
    }

    /** Whether a value of this setting of a consumer is a number, or true or false, once it was checked. */
    static boolean isNumber(String name) {
        ConfigDef.ConfigKey known = CONSUMER.get(name);
        return known != null && NUMBERS.contains(known.type);
    }

    /** These settings, without those that only a consumer understands. */
    static Map<String, Object> ofAdmin(Map<String, String> settings) {
        Map<String, Object> admin = new HashMap<>(settings);
        admin.keySet().removeAll(CONSUMER_ONLY);
        return admin;
    }

    /** The default of a setting of the admin client that is a number. */
    static int adminDefault(String name) {
        ConfigDef.ConfigKey known = Objects.requireNonNull(ADMIN.get(name), name);
        return (int) Objects.requireNonNull(known.defaultValue, name);
    }

    static void check(Map<String, String> settings) {
        settings.keySet().forEach(ClientSettings::refuse);
        if (addresses(settings).isEmpty()) {
            throw new InvalidSettingException(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    "The setting bootstrap.servers is missing: name the brokers, for example localhost:9092.");
        }
        settings.forEach(ClientSettings::check);
    }

    /** The hosts and ports in {@code bootstrap.servers}. */
    static List<String> addresses(Map<String, String> settings) {
        String[] all = settings.getOrDefault(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "")
                .split(",");
        return Arrays.stream(all)
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(ClientSettings::hostAndPort)
                .toList();
    }

    static IsolationLevel isolation(Map<String, String> settings) {
        return switch (settings.getOrDefault(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")) {
            case "read_committed" -> IsolationLevel.READ_COMMITTED;
            case "read_uncommitted" -> IsolationLevel.READ_UNCOMMITTED;
            default ->
                throw new InvalidSettingException(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "The setting isolation.level is not valid: write read_committed or read_uncommitted.");
        };
    }

    private static String hostAndPort(String address) {
        Matcher matcher = ADDRESS.matcher(address);
        if (!matcher.matches()) {
            throw new InvalidSettingException(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    "The setting bootstrap.servers holds something that is not an address: write host:port,"
                            + " without credentials, for example"
                            + " localhost:9092; separate several by commas.");
        }
        return matcher.group(1);
    }

    private static void check(String name, String value) {
        ConfigDef.ConfigKey known = CONSUMER.getOrDefault(name, ADMIN.get(name));
        if (known == null) {
            return; // it belongs to a plug-in of the caller, or Kafka warns of it
        }
        try {
            Object parsed = ConfigDef.parseType(name, value, known.type());
            if (known.validator != null) {
                known.validator.ensureValid(name, parsed);
            }
        } catch (ConfigException e) {
            throw new InvalidSettingException(name, "Kafka refuses the setting " + name + reason(name, value, e));
        }
    }

    /** The reason that Kafka gives after it has quoted the value. */
    private static String reason(String name, String value, ConfigException refusal) {
        String text = String.valueOf(refusal.getMessage());
        String before = " for configuration " + name + ": ";
        int end = text.lastIndexOf(before);
        String objection = end < 0 ? text : text.substring(end + before.length());
        return ": " + Redaction.of(name, value).of(objection) + ".";
    }

    private static void refuse(String name) {
        String reason = REFUSED.get(name);
        if (reason != null) {
            throw new InvalidSettingException(name, "The setting " + name + " cannot be given: " + reason + ".");
        }
    }
}
