package io.github.lateststate.spring;

import java.util.Map;
import org.springframework.boot.kafka.autoconfigure.SslBundleSslEngineFactory;

/**
 * Gives Kafka's clients the SSL bundle that the application configures. Kafka makes it; it is not for callers. A bundle that is reloaded
 * applies to new connections.
 */
public final class BundleSslEngineFactory extends SslBundleSslEngineFactory {

    /** Kafka makes it. */
    public BundleSslEngineFactory() {}

    /**
     * Finds the bundle.
     *
     * @param configs the settings of the client
     * @throws IllegalStateException if the application that has the bundle was closed
     */
    @Override
    public void configure(Map<String, ?> configs) {
        super.configure(BundleKeys.withBundle(configs));
    }
}
