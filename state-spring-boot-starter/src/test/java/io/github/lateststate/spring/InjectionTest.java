package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.Origin;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.spring.Contexts.ModelRef;
import io.github.lateststate.testing.InMemorySubscriber;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.stereotype.Component;

/** Which bean is injected where there are several. */
class InjectionTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();

    @Test
    void statesOfOneTypeAreDistinguishedByTheNameOfTheParameterOrAQualifier() {
        application("blue", "green")
                .withUserConfiguration(TwoModels.class, ModelReader.class)
                .run(context -> {
                    ModelReader reader = context.getBean(ModelReader.class);
                    assertThat(reader.blue.stream()).isEqualTo("stream-of-blue");
                    assertThat(reader.other.stream()).isEqualTo("stream-of-green");
                });
    }

    @Test
    void statesThatDecoderBeansMakeAreDistinguishedInTheSameWay() {
        application("left", "right")
                .withUserConfiguration(TwoDecoders.class, TextReader.class)
                .run(context -> {
                    TextReader reader = context.getBean(TextReader.class);
                    assertThat(reader.left.stream()).isEqualTo("stream-of-left");
                    assertThat(reader.other.stream()).isEqualTo("stream-of-right");
                });
    }

    @Test
    void resourcesAreInjectedByTheTypeOfWhatIsLoadedAndByName() {
        application("blue", "green")
                .withUserConfiguration(TwoModels.class, Resources.class, ResourceReader.class)
                .run(context -> {
                    ResourceReader reader = context.getBean(ResourceReader.class);
                    assertThat(reader.version).isSameAs(context.getBean("version"));
                    assertThat(reader.blueName).isSameAs(context.getBean("blueName"));
                    assertThat(reader.other).isSameAs(context.getBean("greenName"));
                });
    }

    @Test
    void aDecoderThatIsAComponentMakesAStateOfItsType() {
        broker.push("first");
        application("words")
                .withUserConfiguration(Scan.class, WordsReader.class)
                .run(context -> {
                    assertThat(context.getBean(WordsReader.class).state.get()).isEqualTo(List.of("first"));
                    assertThat(context).getBeanNames(LatestState.class).containsExactly("words");
                    assertThat(context).hasBean("latestStateHealthContributor");
                });
    }

    @Test
    @SuppressWarnings("rawtypes")
    void aDecoderWhoseTypeIsNotDeclaredMakesAStateThatIsInjectedByName() {
        broker.push("first");
        application("anything")
                .withBean("anythingDecoder", Decoder.class, Decoder::utf8)
                .withUserConfiguration(AnythingReader.class)
                .run(context -> assertThat(
                                context.getBean(AnythingReader.class).anything.get())
                        .isEqualTo("first"));
    }

    private ApplicationContextRunner application(String... states) {
        ApplicationContextRunner application = Contexts.plain().withBean(InMemorySubscriber.class, () -> broker);
        for (String state : states) {
            application = application.withPropertyValues(
                    "latest-state.states." + state + ".subscriber=in-memory",
                    "latest-state.states." + state + ".stream=stream-of-" + state);
        }
        return application;
    }

    record ModelReader(
            LatestState<ModelRef> blue, @Qualifier("green") LatestState<ModelRef> other) {}

    record TextReader(
            LatestState<String> left, @Qualifier("right") LatestState<String> other) {}

    record ResourceReader(
            LatestResource<ModelRef, Integer> version,
            LatestResource<ModelRef, String> blueName,
            @Qualifier("greenName") LatestResource<ModelRef, String> other) {}

    record WordsReader(LatestState<List<String>> state) {}

    record AnythingReader(LatestState<?> anything) {}

    @Configuration(proxyBeanMethods = false)
    static class TwoModels {

        @Bean
        LatestState<ModelRef> blue(LatestStates states) {
            return states.json("blue", ModelRef.class);
        }

        @Bean
        LatestState<ModelRef> green(LatestStates states) {
            return states.json("green", ModelRef.class);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoDecoders {

        @Bean
        Decoder<String> leftDecoder() {
            return Decoder.utf8();
        }

        @Bean
        @Qualifier("right")
        Decoder<String> anyName() {
            return Decoder.utf8();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Resources {

        @Bean
        LatestResource<ModelRef, Integer> version(LatestState<ModelRef> blue) {
            return LatestResource.<ModelRef, Integer>builder(blue, ModelRef::version, version -> {})
                    .open();
        }

        @Bean
        LatestResource<ModelRef, String> blueName(LatestState<ModelRef> blue) {
            return LatestResource.<ModelRef, String>builder(blue, ModelRef::name, name -> {})
                    .open();
        }

        @Bean
        LatestResource<ModelRef, String> greenName(LatestState<ModelRef> green) {
            return LatestResource.<ModelRef, String>builder(green, ModelRef::name, name -> {})
                    .open();
        }
    }

    /** Finds a class by its file, as an application's own scan does. */
    @Configuration(proxyBeanMethods = false)
    @ComponentScan(
            useDefaultFilters = false,
            includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = WordsDecoder.class))
    static class Scan {}

    @Component("wordsDecoder")
    static final class WordsDecoder implements Decoder<List<String>> {

        @Override
        public List<String> decode(byte[] payload, Origin origin) {
            return List.of(new String(payload, StandardCharsets.UTF_8));
        }
    }
}
