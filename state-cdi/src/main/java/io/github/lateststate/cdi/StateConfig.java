package io.github.lateststate.cdi;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.LatestStateBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/** What MicroProfile Config has about one state. Messages name properties and never show a value, as one may be a password. */
final class StateConfig {

    private static final String STATES = "latest-state.states.";
    private static final String SETTINGS = "settings.";
    private static final Set<String> NAMES =
            Set.of("subscriber", "stream", "key", "await-ready", "snapshot.path", "snapshot.max-age");

    private final Config config;
    private final String prefix;

    private StateConfig(Config config, String prefix) {
        this.config = config;
        this.prefix = prefix;
    }

    /** Refuses a state that is not configured, and a property that does not exist. */
    static StateConfig of(Config config, String name) {
        StateConfig found = new StateConfig(config, STATES + name + ".");
        if (found.get("stream", String.class).isEmpty()) {
            throw new InvalidSettingException(
                    found.prefix + "stream",
                    "set " + found.prefix + "stream to the topic or stream. Configured are: " + states(config));
        }
        for (String property : found.properties().keySet()) {
            if (!NAMES.contains(property) && !property.startsWith(SETTINGS)) {
                throw new InvalidSettingException(
                        found.prefix + property,
                        "there is no property " + found.prefix + property + ". There are settings.* and "
                                + new TreeSet<>(NAMES));
            }
        }
        return found;
    }

    /** The full name of a property. */
    String property(String name) {
        return prefix + name;
    }

    Optional<String> subscriber() {
        return get("subscriber", String.class);
    }

    /** How long the start waits; zero if it does not. */
    Duration awaitReady() {
        return get("await-ready", Duration.class).orElse(Duration.ZERO);
    }

    /** Sets all but the subscriber. */
    void applyTo(LatestStateBuilder<?> builder) {
        get("stream", String.class).ifPresent(builder::stream);
        get("key", String.class).ifPresent(builder::key);
        get("snapshot.path", String.class)
                .map(Path::of)
                .ifPresent(path -> get("snapshot.max-age", Duration.class)
                        .ifPresentOrElse(age -> builder.snapshot(path, age), () -> builder.snapshot(path)));
        builder.settings(this::settings); // asked again if the broker refuses the credentials
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        properties().forEach((property, name) -> {
            if (property.startsWith(SETTINGS)) {
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> settings.put(property.substring(SETTINGS.length()), value));
            }
        });
        return settings;
    }

    /** The properties of this state without the prefix, and their full names. YAML puts a key with dots in quotes. */
    private Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(prefix)) {
                properties.put(name.substring(prefix.length()).replace("\"", ""), name);
            }
        }
        return properties;
    }

    private <V> Optional<V> get(String property, Class<V> type) {
        try {
            return config.getOptionalValue(prefix + property, type);
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(
                    prefix + property, prefix + property + " is not a " + type.getSimpleName() + ", such as PT30S", e);
        }
    }

    private static Set<String> states(Config config) {
        Set<String> states = new TreeSet<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(STATES)) {
                states.add(name.substring(STATES.length()).replaceFirst("\\..*", ""));
            }
        }
        return states;
    }
}
