package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Failures;
import java.io.IOException;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * Has the SDK repeat what failed by the network or the server, but not what was throttled: the calls are shared by all
 * instances, and the pace can allow only for those that it knows of. It goes with single requests, as a client with a retry
 * strategy of ours would repeat SubscribeToShard too.
 */
final class UnrepeatedThrottling implements SdkPlugin {

    private static final int ATTEMPTS = 4; // as many as the SDK makes by itself

    private final RetryStrategy strategy = DefaultRetryStrategy.standardStrategyBuilder()
            .maxAttempts(ATTEMPTS)
            .useClientDefaults(false)
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
