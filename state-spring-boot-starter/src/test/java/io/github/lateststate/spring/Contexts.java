package io.github.lateststate.spring;

import io.github.lateststate.LatestState;
import io.github.lateststate.testing.InMemorySubscriber;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Contexts of an application that follows one state, "model". */
final class Contexts {

    static final Class<?>[] STARTER = {
        LatestStateAutoConfiguration.class,
        LatestStateEndpointAutoConfiguration.class,
        LatestStateHealthAutoConfiguration.class,
        LatestStateKafkaAutoConfiguration.class,
        LatestStateKinesisAutoConfiguration.class,
        LatestStateMetricsAutoConfiguration.class
    };

    private Contexts() {}

    /** Without any broker, and without a state. */
    static ApplicationContextRunner plain() {
        return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(STARTER));
    }

    /** With a broker in memory that the state "model" follows. */
    static ApplicationContextRunner inMemory(InMemorySubscriber broker) {
        return plain().withBean(InMemorySubscriber.class, () -> broker)
                .withUserConfiguration(ModelBean.class)
                .withPropertyValues(
                        "latest-state.states.model.subscriber=in-memory", "latest-state.states.model.stream=models");
    }

    /** The value of the state. */
    record ModelRef(String name, int version) {}

    /** What docs/spring-boot.md begins with. */
    @Configuration(proxyBeanMethods = false)
    static class ModelBean {

        @Bean
        LatestState<ModelRef> model(LatestStates states) {
            return states.json("model", ModelRef.class);
        }
    }
}
