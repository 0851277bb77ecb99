package io.github.lateststate.spring;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;

/**
 * Keys of SSL bundles. A setting is text, and Kafka makes the engine factory by itself: the key is how the one finds the other. Safe for
 * use by several threads.
 */
final class BundleKeys {

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

    /** Makes the keys that were given out invalid. */
    void forget() {
        own.values().forEach(BUNDLES::remove);
        own.clear();
    }
}
