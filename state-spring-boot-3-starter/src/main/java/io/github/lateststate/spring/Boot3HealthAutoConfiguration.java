package io.github.lateststate.spring;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.HealthContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The health of states, also in the readiness group. Without states it shows nothing, so it asks for none: they may come later. */
@AutoConfiguration(
        after = LatestStateAutoConfiguration.class,
        afterName = "org.springframework.boot.actuate.autoconfigure.availability.AvailabilityProbesAutoConfiguration")
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnEnabledHealthIndicator("latest-state")
class Boot3HealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "latestStateHealthContributor")
    HealthContributor latestStateHealthContributor(StateBeans beans, LatestStateProperties properties) {
        Duration maxSilence = properties.health().maxSilence();
        return new Boot3StatesHealth(beans, maxSilence == null ? ChronoUnit.FOREVER.getDuration() : maxSilence);
    }

    /** Needs the health endpoint. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.annotation.Endpoint")
    static class Readiness {

        @Bean
        static Boot3ReadinessGroups latestStateReadinessGroups(Environment environment) {
            return new Boot3ReadinessGroups(environment);
        }
    }
}
