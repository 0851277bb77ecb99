package io.github.lateststate.spring;

import io.github.lateststate.LatestState;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.spi.LatestStateSubscriber;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Opens states, waits for them, and publishes what changes. */
@AutoConfiguration
@EnableConfigurationProperties(LatestStateProperties.class)
class LatestStateAutoConfiguration {

    /** The name of the bean that opens states. */
    static final String STATES = "latestStates";

    @Bean(STATES)
    LatestStates latestStates(
            LatestStateProperties properties,
            ObjectProvider<LatestStateSubscriber> subscribers,
            ObjectProvider<ConnectionSettings> connections,
            ObjectProvider<InMemoryStreams> inMemory,
            BeanFactory beans) {
        return new LatestStates(properties, new StateSources(subscribers, connections, inMemory), beans);
    }

    @Bean
    static DecodedStates latestStateDecodedStates(Environment environment, ConfigurableListableBeanFactory beans) {
        return new DecodedStates(environment, beans);
    }

    @Bean
    static StateBeans latestStateBeans(ConfigurableListableBeanFactory beans) {
        return new StateBeans(beans);
    }

    @Bean
    StateEvents latestStateEvents(StateBeans beans, ApplicationEventPublisher publisher) {
        return new StateEvents(beans, publisher);
    }

    @Bean
    AwaitReady latestStateAwaitReady(LatestStates states) {
        return new AwaitReady(states);
    }

    /** A state that is opened at its first use publishes no events. */
    @Bean
    static LazyInitializationExcludeFilter latestStateNotLazy() {
        return LazyInitializationExcludeFilter.forBeanTypes(
                LatestState.class, LatestResource.class, StateEvents.class, AwaitReady.class);
    }
}
