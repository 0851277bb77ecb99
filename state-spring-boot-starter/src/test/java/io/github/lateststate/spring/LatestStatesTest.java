package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.resource.LoadPhase;
import io.github.lateststate.spring.Contexts.ModelRef;
import io.github.lateststate.testing.InMemorySubscriber;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;

class LatestStatesTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();

    @Test
    void aStateIsABeanAndIsClosedWithTheContext() {
        broker.push("{\"name\": \"churn\", \"version\": 7, \"unknown\": true}");
        List<LatestState<?>> seen = new CopyOnWriteArrayList<>();
        Contexts.inMemory(broker).withUserConfiguration(Reader.class).run(context -> {
            Reader reader = context.getBean(Reader.class);
            assertThat(reader.model.get()).isEqualTo(new ModelRef("churn", 7));
            assertThat(reader.model.stream()).isEqualTo("models");
            seen.add(reader.model);
        });
        assertThat(seen)
                .singleElement()
                .satisfies(state -> assertThat(state.status().phase()).isEqualTo(Phase.CLOSED));
    }

    @Test
    void aDecoderBeanMakesAStateBeanWithItsNameAndType() {
        broker.push("first");
        Contexts.plain()
                .withBean(InMemorySubscriber.class, () -> broker)
                .withUserConfiguration(Decoders.class, TextReader.class)
                .withPropertyValues(
                        "latest-state.states.greeting.subscriber=in-memory",
                        "latest-state.states.greeting.stream=greetings",
                        "latest-state.states.price-list.subscriber=in-memory",
                        "latest-state.states.price-list.stream=prices")
                .run(context -> {
                    TextReader reader = context.getBean(TextReader.class);
                    assertThat(reader.greeting.get()).isEqualTo("first");
                    assertThat(reader.prices.get()).isEqualTo(5);
                    assertThat(context.getBeansOfType(LatestState.class)).containsOnlyKeys("greeting", "price-list");
                });
    }

    @Test
    void aBeanOfTheApplicationWinsOverADecoderBeanOfTheSameState() {
        broker.push("{\"name\": \"churn\", \"version\": 7}");
        Contexts.inMemory(broker)
                .withBean("modelDecoder", Decoder.class, Decoder::utf8)
                .run(context -> assertThat(
                                context.getBean("model", LatestState.class).get())
                        .isEqualTo(new ModelRef("churn", 7)));
    }

    @Test
    void theBuilderSetsWhatPropertiesCannot() {
        Contexts.inMemory(broker)
                .run(context -> assertThat(context.getBean(LatestStates.class)
                                .json("model", ModelRef.class, builder -> builder.initial(new ModelRef("none", 0)))
                                .get())
                        .isEqualTo(new ModelRef("none", 0)));
    }

    @Test
    void aGenericTypeIsDecodedAsIs() {
        broker.push("{\"a\": {\"name\": \"churn\", \"version\": 7}}");
        Contexts.inMemory(broker).run(context -> {
            LatestState<Map<String, ModelRef>> state = context.getBean(LatestStates.class)
                    .json("model", new ParameterizedTypeReference<Map<String, ModelRef>>() {});
            assertThat(state.get()).isEqualTo(Map.of("a", new ModelRef("churn", 7)));
        });
    }

    @Test
    void aKeyTakesOnlyItsRecords() {
        broker.push("mine", "{\"name\": \"mine\", \"version\": 1}");
        broker.push("other", "{\"name\": \"other\", \"version\": 2}");
        Contexts.inMemory(broker)
                .withPropertyValues("latest-state.states.model.key=mine")
                .run(context ->
                        assertThat(context.getBean(LatestState.class).get()).isEqualTo(new ModelRef("mine", 1)));
    }

    @Test
    void aSnapshotIsServedWhileTheBrokerIsAway(@TempDir Path folder) {
        var runner = Contexts.inMemory(broker)
                .withPropertyValues(
                        "latest-state.states.model.snapshot.path=" + folder.resolve("model"),
                        "latest-state.states.model.snapshot.max-age=1h");
        broker.push("{\"name\": \"churn\", \"version\": 7}");
        runner.run(context -> assertThat(context).hasNotFailed());
        broker.interrupt(new IllegalStateException("away"));
        runner.run(context -> {
            LatestState<?> state = context.getBean(LatestState.class);
            assertThat(state.get()).isEqualTo(new ModelRef("churn", 7));
            assertThat(state.status().fromSnapshot()).isTrue();
        });
    }

    @Test
    void aSnapshotThatIsTooOldIsNotServed(@TempDir Path folder) {
        var runner = Contexts.inMemory(broker)
                .withPropertyValues("latest-state.states.model.snapshot.path=" + folder.resolve("model"));
        broker.push("{\"name\": \"churn\", \"version\": 7}");
        runner.run(context -> assertThat(context).hasNotFailed());
        broker.interrupt(new IllegalStateException("away"));
        runner.withPropertyValues("latest-state.states.model.snapshot.max-age=0ms")
                .run(context -> {
                    LatestState<?> state = context.getBean(LatestState.class);
                    assertThat(state.value()).isEmpty();
                });
    }

    @Test
    void aResourceIsClosedWithTheContextBeforeItsState() {
        broker.push("{\"name\": \"churn\", \"version\": 7}");
        List<String> order = new CopyOnWriteArrayList<>();
        List<LatestResource<?, ?>> seen = new CopyOnWriteArrayList<>();
        Contexts.inMemory(broker)
                .withBean(Order.class, () -> new Order(order))
                .withUserConfiguration(ModelResource.class)
                .run(context -> seen.add(context.getBean(LatestResource.class)));
        assertThat(order).containsExactly("disposed of while the state was LIVE");
        assertThat(seen)
                .singleElement()
                .satisfies(models -> assertThat(models.status().phase()).isEqualTo(LoadPhase.CLOSED));
    }

    @Test
    void aStateThatIsNotABeanIsClosedToo() {
        List<LatestState<?>> seen = new CopyOnWriteArrayList<>();
        Contexts.inMemory(broker)
                .run(context -> seen.add(context.getBean(LatestStates.class).open("model", Decoder.utf8())));
        assertThat(seen)
                .singleElement()
                .satisfies(state -> assertThat(state.status().phase()).isEqualTo(Phase.CLOSED));
    }

    @Test
    void valuesOfSettingsAreNotShown() {
        Contexts.inMemory(broker)
                .withPropertyValues("latest-state.states.model.settings.sasl.jaas.config=secret")
                .run(context -> {
                    LatestStateProperties properties = context.getBean(LatestStateProperties.class);
                    assertThat(properties.states().values())
                            .singleElement()
                            .satisfies(
                                    model -> assertThat(model.settings()).containsEntry("sasl.jaas.config", "secret"));
                    assertThat(properties.toString())
                            .contains("sasl.jaas.config")
                            .doesNotContain("secret");
                });
    }

    record Reader(LatestState<ModelRef> model) {}

    record Order(List<String> lines) {}

    record TextReader(
            LatestState<String> greeting,
            @Qualifier("price-list") LatestState<Integer> prices) {}

    @Configuration(proxyBeanMethods = false)
    static class Decoders {

        @Bean
        Decoder<String> greetingDecoder() {
            return Decoder.utf8();
        }

        @Bean
        @Qualifier("price-list")
        Decoder<Integer> lengths() {
            return Decoder.of(bytes -> bytes.length);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ModelResource {

        @Bean
        LatestResource<ModelRef, String> models(LatestState<ModelRef> model, Order order) throws Exception {
            var models = LatestResource.<ModelRef, String>builder(
                            model,
                            ModelRef::name,
                            name -> order.lines()
                                    .add("disposed of while the state was "
                                            + model.status().phase()))
                    .open();
            models.awaitReady(java.time.Duration.ofSeconds(10));
            return models;
        }
    }
}
