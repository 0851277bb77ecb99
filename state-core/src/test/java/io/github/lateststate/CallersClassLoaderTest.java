package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.engine.LoopThreads;
import io.github.lateststate.engine.SerialLoop;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.testing.InMemorySubscriber;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the application passes in is called with the context class loader of the thread that opened the state. */
class CallersClassLoaderTest {

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final ClassLoader application = new URLClassLoader(new URL[0], before);
    private final Map<String, ClassLoader> seen = new ConcurrentHashMap<>();
    private final InMemorySubscriber broker = new InMemorySubscriber();

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void listenersFiltersAndDecodersAreCalledWithIt() {
        Thread.currentThread().setContextClassLoader(application);
        try (LatestState<String> state = LatestState.builder((payload, origin) -> {
                    see("decoder");
                    return new String(payload, StandardCharsets.UTF_8);
                })
                .subscriber(broker)
                .stream("models")
                .only(origin -> see("filter"))
                .open()) {
            Thread.currentThread().setContextClassLoader(before);
            state.listen(current -> see("listener"));
            state.listenStatus(status -> see("status listener"));
            broker.push("one");
            await().untilAsserted(() ->
                    assertThat(seen).containsOnlyKeys("decoder", "filter", "listener", "status listener"));
        }
        assertThat(seen.values()).containsOnly(application);
    }

    @Test
    void aDecoderIsClosedWithIt() {
        Thread.currentThread().setContextClassLoader(application);
        LatestState<String> state = LatestState.builder(new Decoder<String>() {
                    @Override
                    public String decode(byte[] payload, Origin origin) {
                        return "any";
                    }

                    @Override
                    public void close() {
                        see("close");
                    }
                })
                .subscriber(broker)
                .stream("models")
                .open();
        Thread.currentThread().setContextClassLoader(before);
        state.close();
        assertThat(seen).isEqualTo(Map.of("close", application));
    }

    @Test
    void loadersValidatorsAndDisposersAreCalledWithIt() {
        broker.push("one");
        Thread.currentThread().setContextClassLoader(application);
        LatestState<String> state = LatestState.builder(Decoder.utf8()).subscriber(broker).stream("models")
                .open();
        LatestResource<String, String> resource = LatestResource.builder(
                        state, value -> see("loader") ? value : "", value -> see("disposer"))
                .validator(value -> see("validator"))
                .open();
        Thread.currentThread().setContextClassLoader(before);
        resource.awaitReady(Duration.ofSeconds(30));
        broker.push("two");
        resource.close();
        state.close();
        assertThat(seen).containsOnlyKeys("loader", "validator", "disposer");
        assertThat(seen.values()).containsOnly(application);
    }

    @Test
    void settingsAreAskedForAgainWithIt() {
        SettingsPlan plan = new SettingsPlan();
        plan.supplier(() -> Map.of("seen", see("settings")));
        Thread.currentThread().setContextClassLoader(application);
        Supplier<Map<String, String>> settings = plan.over(Map.of());
        Thread.currentThread().setContextClassLoader(before);
        assertThat(settings.get()).containsOnlyKeys("seen");
        assertThat(seen.values()).containsExactly(application);
    }

    /** The first of them has started the thread. */
    @Test
    void subscriptionsThatShareThreadsEachHaveTheirOwn() {
        LoopThreads threads = LoopThreads.shared(1, "shared", Duration.ofSeconds(30));
        Queue<ClassLoader> loaders = new ConcurrentLinkedQueue<>();
        SerialLoop first = SerialLoop.on(threads, thrown -> {});
        Thread.currentThread().setContextClassLoader(application);
        SerialLoop second = SerialLoop.on(threads, thrown -> {});
        Thread.currentThread().setContextClassLoader(before);
        Runnable task = () -> loaders.add(Thread.currentThread().getContextClassLoader());
        first.execute(task);
        second.execute(task);
        first.execute(task);
        await().until(() -> loaders.size() == 3);
        second.close(task, Duration.ofSeconds(30));
        first.close(() -> {}, Duration.ofSeconds(30));
        assertThat(loaders).containsExactly(before, application, before, application);
    }

    private boolean see(String who) {
        seen.put(who, Thread.currentThread().getContextClassLoader());
        return true;
    }
}
