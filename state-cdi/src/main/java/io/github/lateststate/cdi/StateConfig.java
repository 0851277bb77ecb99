package io.github.lateststate.cdi;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.LatestStateBuilder;
import java.nio.file.Path;
import java.time.DateTimeException;
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
        if (found.text("stream").isEmpty()) {
            throw new InvalidSettingException(
                    found.prefix + "stream",
                    "Set " + found.prefix + "stream to the topic or stream. Configured are: " + states(config));
        }
        for (String property : found.properties().keySet()) {
            if (!NAMES.contains(property) && !property.startsWith(SETTINGS)) {
                throw new InvalidSettingException(
                        found.prefix + property,
                        "Remove or correct " + found.prefix + property
                                + ": there is no such property. There are settings.* and " + new TreeSet<>(NAMES));
            }
        }
        return found;
    }

    /** The full name of a property. */
    String property(String name) {
        return prefix + name;
    }

    Optional<String> subscriber() {
        return text("subscriber");
    }

    /** How long the start waits; zero if it does not. */
    Duration awaitReady() {
        return duration("await-ready").orElse(Duration.ZERO);
    }

    /** Sets all but the subscriber. */
    void applyTo(LatestStateBuilder<?> builder) {
        text("stream").ifPresent(builder::stream);
        text("key").ifPresent(builder::key);
        text("snapshot.path")
                .map(Path::of)
                .ifPresent(path -> duration("snapshot.max-age")
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

    private Optional<String> text(String property) {
        return config.getOptionalValue(prefix + property, String.class);
    }

    private Optional<Duration> duration(String property) {
        try {
            return config.getOptionalValue(prefix + property, Duration.class);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new InvalidSettingException(
                    prefix + property, prefix + property + " is not a duration. Write it as PT30S.", e);
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
