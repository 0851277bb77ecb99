package io.github.lateststate.spi;

import io.github.lateststate.InvalidSettingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream and how to reach it. Settings that begin with {@code state.} are the library's own; every other one goes to
 * the broker's client unchanged. Immutable, but {@link #renewed()} may return other settings. Two instances are equal
 * if stream and settings are equal.
 *
 * @apiNote Later versions may add methods.
 */
public final class SubscriptionSettings {

    /** The prefix of the settings that are the library's own. */
    public static final String OWN_PREFIX = "state.";

    /** The setting that names the group prefix; every subscriber knows it. Default: {@value #DEFAULT_GROUP_PREFIX}. */
    public static final String GROUP_PREFIX = "state.group.prefix";

    private static final String DEFAULT_GROUP_PREFIX = "group";

    private final String stream;
    private final Map<String, String> settings;
    private final @Nullable Supplier<Map<String, String>> source;

    /**
     * Copies and checks its arguments.
     *
     * @param stream the topic or stream; not blank
     * @param settings the settings by name
     * @throws InvalidSettingException if the stream's name is blank
     */
    public SubscriptionSettings(String stream, Map<String, String> settings) {
        this(stream, settings, null);
    }

    private SubscriptionSettings(
            String stream, Map<String, String> settings, @Nullable Supplier<Map<String, String>> source) {
        if (stream.isBlank()) {
            throw new InvalidSettingException("stream", "The stream has no name: give the topic or stream to follow.");
        }
        this.stream = stream;
        this.settings = Map.copyOf(settings);
        this.source = source;
    }

    /**
     * Creates settings that can change while a subscription runs.
     *
     * @param stream the topic or stream; not blank
     * @param source called now, and again by {@link #renewed()}; may block
     * @return what the source returns now
     * @throws InvalidSettingException if the stream's name is blank
     */
    public static SubscriptionSettings from(String stream, Supplier<Map<String, String>> source) {
        return new SubscriptionSettings(stream, source.get(), source);
    }

    /**
     * Asks the source for these settings again. Call it when the broker refuses the credentials. It may block, and
     * throws what the caller's source throws. Keep the old settings then.
     *
     * @return the settings of this moment; these if they cannot change
     */
    public SubscriptionSettings renewed() {
        return source == null ? this : new SubscriptionSettings(stream, source.get(), source);
    }

    /**
     * The stream.
     *
     * @return the topic or stream; not blank
     */
    public String stream() {
        return stream;
    }

    /**
     * The settings.
     *
     * @return all settings by name, unmodifiable
     */
    public Map<String, String> settings() {
        return settings;
    }

    /**
     * Returns these settings and one more. The copy cannot be renewed.
     *
     * @param name the name of the setting
     * @param value its value; replaces an earlier one
     * @return a copy with that setting
     */
    public SubscriptionSettings with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(settings);
        changed.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return new SubscriptionSettings(stream, changed, null);
    }

    /**
     * The settings that go to the broker's client.
     *
     * @return all settings but the library's own, in the order of their names
     */
    public Map<String, String> clientSettings() {
        Map<String, String> client = new TreeMap<>(settings);
        client.keySet().removeIf(name -> name.startsWith(OWN_PREFIX));
        return client;
    }

    /**
     * Refuses settings of the library's own that the subscriber does not know.
     *
     * @param known the names that it knows besides {@value #GROUP_PREFIX}
     * @throws InvalidSettingException if there is another one; the message lists the known ones
     */
    public void requireKnown(Set<String> known) {
        Set<String> all = new TreeSet<>(known);
        all.add(GROUP_PREFIX);
        for (String name : new TreeSet<>(settings.keySet())) {
            if (name.startsWith(OWN_PREFIX) && !all.contains(name)) {
                throw new InvalidSettingException(
                        name, "Unknown setting " + name + ". The known ones are " + String.join(", ", all) + ".");
            }
        }
    }

    /**
     * Returns a setting that is on or off.
     *
     * @param name the name of the setting
     * @return whether it is {@code true}; {@code false} if it is not set
     * @throws InvalidSettingException if it is neither {@code true} nor {@code false}
     */
    public boolean flag(String name) {
        String value = settings.getOrDefault(name, "false");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new InvalidSettingException(
                        name, "The setting " + name + " is neither true nor false: write one of them.");
        };
    }

    /**
     * A new identity for one instance: the group prefix, a hyphen, and a random UUID.
     *
     * @return another name at every call
     */
    public String newGroup() {
        return settings.getOrDefault(GROUP_PREFIX, DEFAULT_GROUP_PREFIX) + "-" + UUID.randomUUID();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SubscriptionSettings that
                && stream.equals(that.stream)
                && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(stream, settings);
    }

    /** The stream and the names of the settings. No values: one may be a password. */
    @Override
    public String toString() {
        return "stream " + stream + " with settings " + new TreeSet<>(settings.keySet());
    }
}
