package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.spring.Contexts.ModelRef;
import io.github.lateststate.testing.InMemorySubscriber;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A web server whose requests run on virtual threads. */
@EnabledForJreRange(min = JRE.JAVA_21)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class VirtualThreadsTest {

    /** More than there are cores, which is how many virtual threads can run at once. */
    private static final int REQUESTS = Runtime.getRuntime().availableProcessors() * 4;

    @Test
    void manyRequestsWaitForAStateAtOnceAndNoneKeepsAnotherFromRunning() {
        try (ConfigurableApplicationContext context = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--spring.threads.virtual.enabled=true",
                "--latest-state.states.model.subscriber=in-memory",
                "--latest-state.states.model.stream=models")) {
            String port = context.getEnvironment().getRequiredProperty("local.server.port");
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            List<CompletableFuture<HttpResponse<String>>> answers = Stream.generate(
                            () -> client.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                    .limit(REQUESTS)
                    .toList();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().body()).isEqualTo("version 7 for a VirtualThread"));
        }
    }

    @RestController
    static final class Controller {

        private final LatestState<ModelRef> model;
        private final InMemorySubscriber broker;
        private final CountDownLatch waiting = new CountDownLatch(REQUESTS);

        Controller(LatestState<ModelRef> model, InMemorySubscriber broker) {
            this.model = model;
            this.broker = broker;
        }

        @GetMapping("/")
        String get() {
            waiting.countDown();
            if (waiting.getCount() == 0) {
                broker.restore();
            }
            model.awaitReady(Duration.ofSeconds(30));
            String thread = Thread.currentThread().toString(); // Java 17 has no method for it
            return "version " + model.get().version() + " for a " + thread.substring(0, thread.indexOf('['));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Contexts.ModelBean.class, Controller.class})
    static class Application {

        @Bean
        InMemorySubscriber broker() {
            InMemorySubscriber broker = new InMemorySubscriber();
            broker.interrupt(new IllegalStateException("away"));
            broker.push("{\"name\": \"churn\", \"version\": 7}");
            return broker;
        }
    }
}
