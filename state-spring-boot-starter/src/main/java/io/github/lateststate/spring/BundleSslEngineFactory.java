package io.github.lateststate.spring;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.springframework.boot.kafka.autoconfigure.SslBundleSslEngineFactory;
import org.springframework.boot.ssl.SslBundle;

/**
 * Gives Kafka's clients the SSL bundle that the application configures. Kafka makes it; it is not for callers. A bundle that is reloaded
 * counts for connections made from then on.
 */
public final class BundleSslEngineFactory extends SslBundleSslEngineFactory {

    /** The setting with the key of the bundle. */
    static final String BUNDLE = "latest-state.ssl.bundle";

    /** Kafka makes it. */
    public BundleSslEngineFactory() {}

    /**
     * Finds the bundle.
     *
     * @param configs the settings of the client
     * @throws InvalidConfigurationException if the application that has the bundle was closed
     */
    @Override
    public void configure(Map<String, ?> configs) {
        SslBundle bundle = BundleKeys.bundle(configs.get(BUNDLE));
        if (bundle == null) {
            throw new InvalidConfigurationException("The SSL bundle is gone: the application's context was closed.");
        }
        Map<String, Object> all = new HashMap<>(configs);
        all.put(SslBundle.class.getName(), bundle);
        super.configure(all);
    }
}
