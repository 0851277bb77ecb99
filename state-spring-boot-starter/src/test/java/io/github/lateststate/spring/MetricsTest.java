package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.spring.Contexts.ModelRef;
import io.github.lateststate.testing.InMemorySubscriber;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The meters are there with all that Spring Boot configures by itself. */
class MetricsTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void statesAndResourcesAreMeasuredWhileTheContextIsOpen(boolean lazy) {
        MeterRegistry registry;
        try (ConfigurableApplicationContext context = SpringApplication.run(
                Application.class,
                "--spring.main.web-application-type=none",
                "--spring.main.lazy-initialization=" + lazy,
                "--latest-state.states.model.subscriber=in-memory",
                "--latest-state.states.model.stream=models")) {
            registry = context.getBean(MeterRegistry.class);
            assertThat(registry.get("latest.state.updates")
                            .tags("name", "model", "stream", "models")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(names(registry)).contains("models");
        }
        assertThat(names(registry)).doesNotContain("model", "models");
    }

    private static List<String> names(MeterRegistry registry) {
        return registry.getMeters().stream()
                .map(meter -> String.valueOf(meter.getId().getTag("name")))
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Contexts.ModelBean.class)
    static class Application {

        @Bean
        InMemorySubscriber broker() {
            InMemorySubscriber broker = new InMemorySubscriber();
            broker.push("{\"name\": \"churn\", \"version\": 7}");
            return broker;
        }

        /** Outlives the context, as a registry of the JVM does. */
        @Bean(destroyMethod = "")
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        LatestResource<ModelRef, String> models(LatestState<ModelRef> model) {
            return LatestResource.<ModelRef, String>builder(model, ModelRef::name, name -> {})
                    .open();
        }
    }
}
