package io.github.lateststate.spring;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * Keys of SSL bundles. A setting is text, and Kafka makes the engine factory by itself, so the factory finds the bundle by the key. Safe for
 * use by several threads.
 */
final class BundleKeys {

    /** The setting with the key of the bundle. */
    static final String SETTING = "latest-state.ssl.bundle";

    private static final Map<String, SslBundle> BUNDLES = new ConcurrentHashMap<>();

    private final Map<SslBundle, String> own = new ConcurrentHashMap<>();

    /** The same key for the same bundle, so that states whose clients are set up alike can share some. */
    String keyOf(SslBundle bundle) {
        return own.computeIfAbsent(bundle, one -> {
            String key = UUID.randomUUID().toString();
            BUNDLES.put(key, one);
            return key;
        });
    }

    static @Nullable SslBundle bundle(@Nullable Object key) {
        return key == null ? null : BUNDLES.get(key.toString());
    }

    /** The settings of a client with the bundle in the place that Spring Boot's engine factory looks at. */
    static Map<String, Object> withBundle(Map<String, ?> configs) {
        SslBundle bundle = bundle(configs.get(SETTING));
        if (bundle == null) {
            throw new IllegalStateException("The SSL bundle is gone: the application's context was closed.");
        }
        Map<String, Object> all = new HashMap<>(configs);
        all.put(SslBundle.class.getName(), bundle);
        return all;
    }

    /** Makes the keys that were given out invalid. */
    void forget() {
        own.values().forEach(BUNDLES::remove);
        own.clear();
    }
}
