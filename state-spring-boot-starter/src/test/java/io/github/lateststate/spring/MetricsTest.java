package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.spring.Contexts.ModelRef;
import io.github.lateststate.testing.InMemorySubscriber;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class MetricsTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();

    @Test
    void statesAndResourcesAreMeasuredWhileTheContextIsOpen() {
        broker.push("{\"name\": \"churn\", \"version\": 7}");
        MeterRegistry registry = new SimpleMeterRegistry();
        Contexts.inMemory(broker)
                .withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class))
                .withBean(MeterRegistry.class, () -> registry, definition -> definition.setDestroyMethodName(""))
                .withUserConfiguration(ModelResource.class)
                .run(context -> {
                    assertThat(registry.get("latest.state.updates")
                                    .tags("name", "model", "stream", "models")
                                    .functionCounter()
                                    .count())
                            .isEqualTo(1);
                    assertThat(registry.getMeters())
                            .extracting(meter -> meter.getId().getTag("name"))
                            .contains("models");
                });
        assertThat(registry.getMeters()).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    static class ModelResource {

        @Bean
        LatestResource<ModelRef, String> models(LatestState<ModelRef> model) {
            return LatestResource.<ModelRef, String>builder(model, ModelRef::name, name -> {})
                    .open();
        }
    }
}
