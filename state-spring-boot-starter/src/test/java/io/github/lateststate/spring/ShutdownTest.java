package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.Phase;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.resource.Lease;
import io.github.lateststate.resource.LoadPhase;
import io.github.lateststate.spring.Contexts.ModelRef;
import io.github.lateststate.testing.InMemorySubscriber;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** On a real web server, whose last request is still running when the context is closed. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ShutdownTest {

    @Test
    void theLastRequestHasAStateAndAResourceAndEventsAndThenAllIsClosed() throws Exception {
        ConfigurableApplicationContext context = SpringApplication.run(
                Application.class,
                "--server.port=0",
                "--server.shutdown=graceful",
                "--latest-state.states.model.subscriber=in-memory",
                "--latest-state.states.model.stream=models");
        Controller controller = context.getBean(Controller.class);
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        controller.requested.await();

        context.close();

        assertThat(answer.join().body()).isEqualTo("version 8 of a state that is LIVE, and loaded: churn");
        assertThat(controller.model.status().phase()).isEqualTo(Phase.CLOSED);
        assertThat(controller.models.status().phase()).isEqualTo(LoadPhase.CLOSED);
        assertThat(controller.phases).doesNotContain(Phase.CLOSED);
    }

    /** Stops in the phase in which the web server begins to wait for its last requests. Until they end, no lower phase is stopped. */
    static final class Stopping implements SmartLifecycle {

        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public void start() {}

        @Override
        public void stop() {
            begun.countDown();
        }

        @Override
        public boolean isRunning() {
            return begun.getCount() > 0;
        }

        @Override
        public int getPhase() {
            return SmartLifecycle.DEFAULT_PHASE - 1024;
        }
    }

    @RestController
    static final class Controller {

        private final LatestState<ModelRef> model;
        private final LatestResource<ModelRef, String> models;
        private final InMemorySubscriber broker;
        private final Stopping stopping;
        private final CountDownLatch requested = new CountDownLatch(1);
        private final List<ModelRef> events = new CopyOnWriteArrayList<>();
        private final List<Phase> phases = new CopyOnWriteArrayList<>();

        Controller(
                LatestState<ModelRef> model,
                LatestResource<ModelRef, String> models,
                InMemorySubscriber broker,
                Stopping stopping) {
            this.model = model;
            this.models = models;
            this.broker = broker;
            this.stopping = stopping;
        }

        @EventListener
        void onModel(LatestStateChangedEvent<ModelRef> event) {
            event.current().value().ifPresent(events::add);
        }

        @EventListener
        void onStatus(LatestStateStatusEvent event) {
            phases.add(event.status().phase());
        }

        @GetMapping("/")
        String get() throws InterruptedException {
            requested.countDown();
            stopping.begun.await();
            broker.push("{\"name\": \"churn\", \"version\": 8}");
            await().until(() -> events.contains(new ModelRef("churn", 8)));
            models.awaitReady(Duration.ofSeconds(30));
            try (Lease<ModelRef, String> loaded = models.acquire()) {
                return "version " + model.get().version() + " of a state that is "
                        + model.status().phase() + ", and loaded: " + loaded.get();
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Contexts.ModelBean.class, Controller.class, Stopping.class})
    static class Application {

        @Bean
        InMemorySubscriber broker() {
            return new InMemorySubscriber();
        }

        @Bean
        LatestResource<ModelRef, String> models(LatestState<ModelRef> model, InMemorySubscriber broker) {
            broker.push("{\"name\": \"churn\", \"version\": 7}");
            return LatestResource.<ModelRef, String>builder(model, ModelRef::name, name -> {})
                    .open();
        }
    }
}
