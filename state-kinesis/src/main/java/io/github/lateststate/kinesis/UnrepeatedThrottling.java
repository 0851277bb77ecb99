package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Failures;
import java.io.IOException;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * Makes the SDK repeat calls that the network or the server failed, but not throttled calls: all instances share the
 * calls, and the pace can consider only calls that it knows of. It is set on single requests, because a client with our
 * own retry strategy would repeat SubscribeToShard, too.
 */
final class UnrepeatedThrottling implements SdkPlugin {

    private static final int ATTEMPTS = 4; // as many as the SDK makes by default

    private final RetryStrategy strategy = ClientVersion.withoutClientDefaults(
                    DefaultRetryStrategy.standardStrategyBuilder())
            .maxAttempts(ATTEMPTS)
            .retryOnException(UnrepeatedThrottling::mayPassAtOnce)
            .build();

    @Override
    public void configureClient(SdkServiceClientConfiguration.Builder config) {
        config.overrideConfiguration(config.overrideConfiguration().toBuilder()
                .retryStrategy(strategy)
                .build());
    }

    private static boolean mayPassAtOnce(Throwable thrown) {
        return thrown instanceof SdkServiceException service
                ? service.statusCode() >= 500 && !service.isThrottlingException()
                : Failures.find(thrown, IOException.class).isPresent();
    }
}
