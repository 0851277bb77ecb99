package io.github.lateststate.spring;

import io.github.lateststate.LatestState;
import io.github.lateststate.testing.InMemorySubscriber;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;

/** Contexts of an application that follows one state, "model". */
final class Contexts {

    private Contexts() {}

    /** Returns a context without any broker and without a state. */
    static ApplicationContextRunner plain() {
        return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(starter()));
    }

    /** Returns the configurations that Spring Boot would find by itself. */
    private static Class<?>[] starter() {
        return ImportCandidates.load(AutoConfiguration.class, null).getCandidates().stream()
                .filter(name -> name.startsWith(Contexts.class.getPackageName()))
                .map(name -> ClassUtils.resolveClassName(name, null))
                .filter(Contexts::isComplete)
                .toArray(Class<?>[]::new);
    }

    /** Spring Boot reads class files; a test hands it classes, which must be there with all that they name. */
    private static boolean isComplete(Class<?> type) {
        try {
            return type.getDeclaredMethods().length > 0;
        } catch (NoClassDefFoundError e) { // for another version of Spring Boot
            return false;
        }
    }

    /** Returns some of Spring Boot's own configurations, which have other packages in other versions. */
    static AutoConfigurations ofSpringBoot(String... simpleNames) {
        return AutoConfigurations.of(ImportCandidates.load(AutoConfiguration.class, null).getCandidates().stream()
                .filter(name -> name.startsWith("org.springframework.boot."))
                .filter(name -> List.of(simpleNames).contains(ClassUtils.getShortName(name)))
                .map(name -> ClassUtils.resolveClassName(name, null))
                .toArray(Class<?>[]::new));
    }

    /** Returns a context with a broker in memory that the state "model" follows. */
    static ApplicationContextRunner inMemory(InMemorySubscriber broker) {
        return configured(broker).withUserConfiguration(ModelBean.class);
    }

    /** The same, but the state comes from an auto-configuration after the starter's. */
    static ApplicationContextRunner inMemoryLater(InMemorySubscriber broker) {
        return configured(broker).withConfiguration(AutoConfigurations.of(LaterModelBean.class));
    }

    private static ApplicationContextRunner configured(InMemorySubscriber broker) {
        return plain().withBean(InMemorySubscriber.class, () -> broker)
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

    /** As in a company's own starter. */
    @AutoConfiguration
    @AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
    @Import(ModelBean.class)
    static class LaterModelBean {}
}
