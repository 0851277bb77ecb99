package io.github.lateststate.spring;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is configured for latest states.
 *
 * @param states the states by name. Each becomes a bean of that name if there is a Decoder bean for it, or is opened with LatestStates.
 * @param health when a state is healthy
 */
@ConfigurationProperties("latest-state")
record LatestStateProperties(
        @DefaultValue Map<String, StateProperties> states,
        @DefaultValue HealthProperties health) {

    /**
     * When a state is healthy.
     *
     * @param maxSilence how long ago the last contact with the broker may be. Without it an outage of the broker takes no instance out of
     *     service.
     */
    record HealthProperties(@Nullable Duration maxSilence) {}
}
