package io.github.lateststate.kafka;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/**
 * Replaces references such as {@code ${file:…}} with what {@code config.providers} finds there, as every Kafka client
 * does.
 */
final class ConfigProviders {

    private static final String PROVIDERS = AbstractConfig.CONFIG_PROVIDERS_CONFIG;

    private ConfigProviders() {}

    /** Returns the settings as Kafka's clients will see them. Reads files, or whatever else the providers read. */
    static SubscriptionSettings resolved(SubscriptionSettings settings) {
        Map<String, String> given = settings.settings();
        if (!given.containsKey(PROVIDERS)) {
            return settings;
        }
        try {
            return new SubscriptionSettings(settings.stream(), resolved(given));
        } catch (RuntimeException e) { // without its text and cause, which may quote a value
            String name = culprit(given);
            throw new InvalidSettingException(
                    name,
                    "The setting " + name + " cannot be resolved ("
                            + e.getClass().getSimpleName() + "): check its reference, and the settings of " + PROVIDERS
                            + ".");
        }
    }

    private static Map<String, String> resolved(Map<String, String> given) {
        Map<String, String> resolved = new HashMap<>();
        new AbstractConfig(new ConfigDef(), given, false)
                .originals()
                .forEach((name, value) -> resolved.put(name, String.valueOf(value)));
        return resolved;
    }

    /** The first setting that cannot be resolved. If there is none, the providers themselves. */
    private static String culprit(Map<String, String> given) {
        Map<String, String> providers = new HashMap<>(given);
        providers.keySet().removeIf(name -> !isOfProviders(name));
        for (Map.Entry<String, String> setting : new TreeMap<>(given).entrySet()) {
            if (!isOfProviders(setting.getKey()) && isResolvable(providers)) {
                Map<String, String> alone = new HashMap<>(providers);
                alone.put(setting.getKey(), setting.getValue());
                if (!isResolvable(alone)) {
                    return setting.getKey();
                }
            }
        }
        return PROVIDERS;
    }

    private static boolean isOfProviders(String name) {
        return name.equals(PROVIDERS) || name.startsWith(PROVIDERS + ".");
    }

    private static boolean isResolvable(Map<String, String> given) {
        try {
            resolved(given);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
