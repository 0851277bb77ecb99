package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.spring.Contexts.ModelRef;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Tests an application that is configured for Kafka, as its user would. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "latest-state.states.model.subscriber=kafka",
            "latest-state.states.model.stream=models",
            "latest-state.states.model.settings.state.create.topic=true",
            "latest-state.states.model.await-ready=1m",
            "latest-state.states.model.snapshot.path=target/not-written",
            "latest-state.states.greeting.stream=greetings"
        })
@AutoConfigureInMemoryLatestState
class InMemorySliceTest {

    @Autowired
    private InMemoryStreams streams;

    @Autowired
    private LatestState<ModelRef> model;

    @Autowired
    private LatestState<String> greeting;

    @Test
    void eachStateFollowsItsOwnStreamInMemory() {
        streams.of("model").push("{\"name\": \"churn\", \"version\": 7}");
        streams.of("greeting").push("hello");
        assertThat(model.get()).isEqualTo(new ModelRef("churn", 7));
        assertThat(greeting.get()).isEqualTo("hello");
        assertThat(Files.exists(Path.of("target/not-written"))).isFalse();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Contexts.ModelBean.class)
    static class Application {

        @Bean
        Decoder<String> greetingDecoder() {
            return Decoder.utf8();
        }
    }
}
