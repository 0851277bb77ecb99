package io.github.lateststate.spring;

import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Metrics of states and resources, in every registry that Spring Boot binds. */
@AutoConfiguration(after = LatestStateAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
class LatestStateMetricsAutoConfiguration {

    @Bean
    StateMeters latestStateMeters(StateBeans beans) {
        return new StateMeters(beans);
    }
}
