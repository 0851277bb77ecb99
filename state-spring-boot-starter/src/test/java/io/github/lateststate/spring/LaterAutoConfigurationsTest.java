package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.kinesis.KinesisSubscriber;
import io.github.lateststate.testing.InMemorySubscriber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Beans of an auto-configuration that comes after the starter's, such as that of a company's own starter. */
class LaterAutoConfigurationsTest {

    @ParameterizedTest
    @ValueSource(classes = {DecoderAfterTheStarter.class, LastDecoder.class})
    void itsDecoderMakesAState(Class<?> later) {
        InMemorySubscriber broker = new InMemorySubscriber();
        broker.push("first");
        Contexts.plain()
                .withConfiguration(AutoConfigurations.of(later))
                .withBean(InMemorySubscriber.class, () -> broker)
                .withPropertyValues(
                        "latest-state.states.greeting.subscriber=in-memory",
                        "latest-state.states.greeting.stream=greetings")
                .run(context -> assertThat(
                                context.getBean("greeting", LatestState.class).get())
                        .isEqualTo("first"));
    }

    @Test
    void itsKinesisClientIsUsed() {
        Contexts.plain()
                .withConfiguration(AutoConfigurations.of(LaterKinesisClient.class))
                .run(context -> assertThat(context).hasSingleBean(KinesisSubscriber.class));
    }

    @AutoConfiguration(after = LatestStateAutoConfiguration.class)
    static class DecoderAfterTheStarter {

        @Bean
        Decoder<String> greetingDecoder() {
            return Decoder.utf8();
        }
    }

    @AutoConfiguration
    @AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
    static class LastDecoder {

        @Bean
        Decoder<String> greetingDecoder() {
            return Decoder.utf8();
        }
    }

    @AutoConfiguration
    @AutoConfigureOrder(1) // the default is 0
    static class LaterKinesisClient {

        @Bean
        KinesisAsyncClient client() {
            return KinesisAsyncClient.builder()
                    .region(Region.EU_NORTH_1)
                    .credentialsProvider(AnonymousCredentialsProvider.create())
                    .build();
        }
    }
}
