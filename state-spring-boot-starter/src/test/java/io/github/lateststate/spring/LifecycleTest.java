package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.NotReadyException;
import io.github.lateststate.Phase;
import io.github.lateststate.spring.Contexts.ModelRef;
import io.github.lateststate.testing.InMemorySubscriber;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;

@ExtendWith(OutputCaptureExtension.class)
class LifecycleTest {

    private final InMemorySubscriber broker = new InMemorySubscriber();

    @Test
    void awaitReadyHoldsTheStartBeforeTheWebServerWould() {
        broker.interrupt(new IllegalStateException("away"));
        broker.push("{\"name\": \"churn\", \"version\": 7}");
        Thread starting = Thread.currentThread();
        AtomicInteger versionAtStart = new AtomicInteger();
        var restored = CompletableFuture.runAsync(() -> {
            await().until(() -> isInAwaitReady(starting) || versionAtStart.get() != 0);
            broker.restore();
        });
        Contexts.inMemory(broker)
                .withBean(AtomicInteger.class, () -> versionAtStart)
                .withBean(Server.class)
                .withPropertyValues("latest-state.states.model.await-ready=30s")
                .run(context -> assertThat(versionAtStart).hasValue(7));
        restored.join();
    }

    static boolean isInAwaitReady(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING
                && Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(AwaitReady.class.getName()));
    }

    @Test
    void theStartFailsIfTheTimeIsOver() {
        broker.interrupt(new IllegalStateException("away"));
        Contexts.inMemory(broker)
                .withPropertyValues("latest-state.states.model.await-ready=1ms")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasRootCauseMessage("away")
                        .hasCauseInstanceOf(NotReadyException.class));
    }

    @Test
    void withoutAwaitReadyTheStartDoesNotWait() {
        broker.interrupt(new IllegalStateException("away"));
        Contexts.inMemory(broker).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void changesAndStatusesAreEventsOfTheirType() {
        broker.push("{\"name\": \"churn\", \"version\": 7}");
        Contexts.inMemory(broker).withBean(Listener.class).run(context -> {
            Listener listener = context.getBean(Listener.class);
            await().until(() -> listener.models.contains(new ModelRef("churn", 7)));
            await().until(() -> listener.phases.contains(Phase.LIVE));
            broker.push("{\"name\": \"churn\", \"version\": 8}");
            await().until(() -> listener.models.contains(new ModelRef("churn", 8)));
            broker.interrupt(new IllegalStateException("away"));
            await().until(() -> listener.phases.contains(Phase.INTERRUPTED));
            assertThat(listener.names).containsOnly("model");
            assertThat(listener.ofAnotherType).isEmpty();
        });
    }

    /** Core logs it, so the starter does not. */
    @Test
    void aBurstOfDecodeFailuresIsOneLineInTheLog(CapturedOutput output) {
        broker.push("{\"name\": \"churn\", \"version\": 7}");
        Contexts.inMemory(broker).withBean(Listener.class).run(context -> {
            Listener listener = context.getBean(Listener.class);
            for (int i = 1; i <= 3; i++) {
                broker.pushMalformed();
                long rejected = i;
                await().until(() -> listener.rejected.contains(rejected));
            }
        });
        assertThat(output.getOut().lines())
                .filteredOn(line -> line.toLowerCase(Locale.ROOT).contains("reject"))
                .singleElement()
                .asString()
                .contains(
                        "WARN", "Rejected record at partition 0, position 1", "the last good state of 'models' stays");
    }

    @Test
    void lazyInitializationDoesNotDelayAState() {
        Contexts.inMemory(broker)
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    assertThat(context.getBeanFactory().containsSingleton("model"))
                            .isTrue();
                    assertThat(context.getBean(AwaitReady.class).isRunning()).isTrue();
                    assertThat(context.getBean(StateEvents.class).isRunning()).isTrue();
                });
    }

    @Test
    void withLazyInitializationTheStartWaitsTooAlsoForTheStateOfADecoderBean() {
        broker.interrupt(new IllegalStateException("away"));
        Contexts.plain()
                .withBean(InMemorySubscriber.class, () -> broker)
                .withBean("greetingDecoder", Decoder.class, Decoder::utf8)
                .withPropertyValues(
                        "latest-state.states.greeting.subscriber=in-memory",
                        "latest-state.states.greeting.stream=greetings",
                        "latest-state.states.greeting.await-ready=1ms")
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(context.getStartupFailure())
                        .hasCauseInstanceOf(NotReadyException.class)
                        .rootCause()
                        .hasMessage("away"));
    }

    @Test
    void noThreadOutlivesTheContext() {
        broker.push("{\"name\": \"churn\", \"version\": 7}");
        Contexts.inMemory(broker)
                .withBean(Listener.class)
                .run(context -> await().until(
                                () -> !context.getBean(Listener.class).models.isEmpty()));
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("models")));
    }

    /** Starts after the states, as a web server does. */
    static final class Server implements SmartLifecycle {

        private final LatestState<ModelRef> model;
        private final AtomicInteger versionAtStart;

        Server(LatestState<ModelRef> model, AtomicInteger versionAtStart) {
            this.model = model;
            this.versionAtStart = versionAtStart;
        }

        @Override
        public void start() {
            versionAtStart.set(model.value().map(ModelRef::version).orElse(-1));
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return versionAtStart.get() != 0;
        }

        @Override
        public int getPhase() {
            return Integer.MIN_VALUE + 2_000;
        }
    }

    static final class Listener {

        private final List<ModelRef> models = new CopyOnWriteArrayList<>();
        private final List<String> ofAnotherType = new CopyOnWriteArrayList<>();
        private final List<Phase> phases = new CopyOnWriteArrayList<>();
        private final List<Long> rejected = new CopyOnWriteArrayList<>();
        private final List<String> names = new CopyOnWriteArrayList<>();

        @EventListener
        void onModel(LatestStateChangedEvent<ModelRef> event) {
            event.current().value().ifPresent(models::add);
            names.add(event.name());
        }

        @EventListener
        void onText(LatestStateChangedEvent<String> event) {
            event.current().value().ifPresent(ofAnotherType::add);
        }

        @EventListener
        void onStatus(LatestStateStatusEvent event) {
            phases.add(event.status().phase());
            rejected.add(event.status().rejected());
            names.add(event.name());
        }
    }
}
