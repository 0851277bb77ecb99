package io.github.lateststate.spring;

import java.util.Map;
import org.springframework.boot.autoconfigure.kafka.SslBundleSslEngineFactory;

/**
 * Gives Kafka's clients the SSL bundle that the application configures. Kafka makes it; it is not for callers. A bundle that is reloaded
 * applies to new connections.
 */
public final class Boot3BundleSslEngineFactory extends SslBundleSslEngineFactory {

    /** Kafka makes it. */
    public Boot3BundleSslEngineFactory() {}

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
