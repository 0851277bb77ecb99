package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.kafka.KafkaSubscriber;
import io.github.lateststate.spring.Contexts.ModelRef;
import io.github.lateststate.testing.InMemorySubscriber;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.security.kerberos.KerberosClientCallbackHandler;
import org.apache.kafka.common.security.kerberos.KerberosLogin;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerRefreshingLogin;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerSaslClient;
import org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerSaslClientCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.internals.unsecured.OAuthBearerUnsecuredLoginCallbackHandler;
import org.apache.kafka.common.security.scram.ScramLoginModule;
import org.apache.kafka.common.security.scram.internals.ScramSaslClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.util.ClassUtils;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.kinesis.model.RegisterStreamConsumerRequest;

class AotIT {

    private final TestGenerationContext generation = new TestGenerationContext();

    @Test
    void classesThatAreCreatedByNameHaveHints() {
        RuntimeHints hints = new RuntimeHints();
        List<RuntimeHintsRegistrar> registrars = SpringFactoriesLoader.forResourceLocation(
                        "META-INF/spring/aot.factories")
                .load(RuntimeHintsRegistrar.class);
        assertThat(registrars).anyMatch(LatestStateRuntimeHints.class::isInstance);
        new LatestStateRuntimeHints().registerHints(hints, getClass().getClassLoader());
        assertThat(RuntimeHintsPredicates.resource()
                        .forResource("META-INF/services/io.github.lateststate.spi.LatestStateSubscriber"))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(KafkaSubscriber.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(ScramLoginModule.class))
                .accepts(hints);
    }

    /** Kafka's client makes an object of each, unless a setting names another class. */
    @Test
    void eachClassThatKafkasDefaultsNameHasAHint() {
        RuntimeHints hints = new RuntimeHints();
        new LatestStateRuntimeHints().registerHints(hints, getClass().getClassLoader());
        Set<String> names = Stream.of(ConsumerConfig.configDef(), AdminClientConfig.configDef())
                .flatMap(settings -> settings.defaultValues().values().stream())
                .flatMap(value -> value instanceof Collection<?> several ? several.stream() : Stream.of(value))
                .map(value -> value instanceof Class<?> type ? type.getName() : String.valueOf(value))
                .filter(name -> name.startsWith("org.apache.kafka."))
                .collect(Collectors.toSet());
        assertThat(names)
                .contains("org.apache.kafka.common.metrics.JmxReporter")
                .allSatisfy(name -> assertThat(RuntimeHintsPredicates.reflection()
                                .onType(TypeReference.of(name))
                                .withMemberCategory(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS))
                        .accepts(hints));
    }

    /** Kafka's client makes each by reflection, or Java does because Kafka's client named it to the security framework. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                KerberosClientCallbackHandler.class,
                KerberosLogin.class,
                OAuthBearerLoginCallbackHandler.class,
                OAuthBearerRefreshingLogin.class,
                OAuthBearerSaslClient.OAuthBearerSaslClientFactory.class,
                OAuthBearerSaslClientCallbackHandler.class,
                OAuthBearerUnsecuredLoginCallbackHandler.class,
                ScramSaslClient.ScramSaslClientFactory.class
            })
    void eachClassThatASaslMechanismMakesHasAHint(Class<?> made) {
        RuntimeHints hints = new RuntimeHints();
        new LatestStateRuntimeHints().registerHints(hints, getClass().getClassLoader());
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(made)
                        .withMemberCategory(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS))
                .accepts(hints);
    }

    @Test
    void theStarterFindsJacksonInANativeImage() {
        RuntimeHints hints = new RuntimeHints();
        new LatestStateRuntimeHints().registerHints(hints, getClass().getClassLoader());
        assertThat(List.of("com.fasterxml.jackson.databind.ObjectMapper", "tools.jackson.databind.json.JsonMapper"))
                .filteredOn(name -> ClassUtils.isPresent(name, null))
                .isNotEmpty()
                .allSatisfy(
                        name -> assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(name)))
                                .accepts(hints));
    }

    @Test
    void theMethodsThatAnOldClientLacksCanBeAskedForInANativeImage() throws NoSuchMethodException {
        RuntimeHints hints = new RuntimeHints();
        new LatestStateRuntimeHints().registerHints(hints, getClass().getClassLoader());
        for (Method method : List.of(
                DescribeTopicsResult.class.getMethod("topicIdValues"),
                ConsumerRecords.class.getMethod("nextOffsets"),
                RetryStrategy.Builder.class.getMethod("useClientDefaults", boolean.class),
                RegisterStreamConsumerRequest.Builder.class.getMethod("tags", Map.class))) {
            assertThat(RuntimeHintsPredicates.reflection()
                            .onType(method.getDeclaringClass())
                            .withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS))
                    .as(method.toString())
                    .accepts(hints);
        }
    }

    @Test
    void valuesAndPropertiesAreBoundInANativeImage() {
        generate();
        RuntimeHints hints = generation.getRuntimeHints();
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(ModelRef.class)
                        .withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(StateProperties.class))
                .accepts(hints);
        assertThat(RuntimeHintsPredicates.reflection().onType(StateProperties.Snapshot.class))
                .accepts(hints);
    }

    @Test
    @CompileWithForkedClassLoader
    void aContextThatWasGeneratedAheadOfTimeHasTheSameStates() {
        var name = generate();
        TestCompiler.forSystem().with(generation).compile(compiled -> {
            try (GenericApplicationContext context = new GenericApplicationContext()) {
                configure(context);
                @SuppressWarnings("unchecked")
                ApplicationContextInitializer<GenericApplicationContext> initializer =
                        compiled.getInstance(ApplicationContextInitializer.class, name);
                initializer.initialize(context);
                context.refresh();
                InMemorySubscriber broker = context.getBean(InMemorySubscriber.class);
                broker.push("{\"name\": \"churn\", \"version\": 7}");
                assertThat(context.getBean("model", LatestState.class).get()).isEqualTo(new ModelRef("churn", 7));
                assertThat(context.getBean("greeting", LatestState.class).get())
                        .isEqualTo("{\"name\": \"churn\", \"version\": 7}");
                assertThat(context.containsBean("latestStateHealthContributor")).isTrue();
                assertThat(context.containsBean("latestStateMeters")).isTrue();
                assertThat(context.getBean(Reader.class).greeting.stream()).isEqualTo("greetings");
                assertThat(context.getBeanNamesForType(DecodedStates.class))
                        .as("the states are decided at build time")
                        .isEmpty();
            }
        });
    }

    private String generate() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            configure(context);
            context.register(Application.class);
            var name = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            generation.writeGeneratedContent();
            return name.reflectionName();
        }
    }

    private static void configure(GenericApplicationContext context) {
        TestPropertyValues.of(
                        "latest-state.states.model.subscriber=in-memory",
                        "latest-state.states.model.stream=models",
                        "latest-state.states.greeting.subscriber=in-memory",
                        "latest-state.states.greeting.stream=greetings")
                .applyTo(context);
    }

    record Reader(LatestState<String> greeting) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Contexts.ModelBean.class, Reader.class})
    static class Application {

        @Bean
        InMemorySubscriber broker() {
            return new InMemorySubscriber();
        }

        @Bean
        Decoder<String> greetingDecoder() {
            return Decoder.utf8();
        }
    }
}
