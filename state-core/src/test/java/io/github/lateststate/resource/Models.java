package io.github.lateststate.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.testing.InMemorySubscriber;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.awaitility.core.ConditionFactory;

/** A state of model names, and a loader for them: it loads at once, after {@link #hold} is released, or not at all. */
final class Models implements AutoCloseable {

    static final Duration LONG = Duration.ofDays(365);

    final InMemorySubscriber broker = new InMemorySubscriber();
    final LatestState<String> state =
            LatestState.builder((payload, origin) -> new String(payload, StandardCharsets.UTF_8))
                    .subscriber(broker)
                    .stream("models")
                    .open();

    /** The names, in the order in which their loads began. */
    final List<String> tried = Collections.synchronizedList(new ArrayList<>());

    /** The models that were loaded. */
    final List<Model> loaded = Collections.synchronizedList(new ArrayList<>());

    /** The names, in the order in which they were disposed of. */
    final List<String> disposed = Collections.synchronizedList(new ArrayList<>());

    private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
    private final Map<String, Throwable> failures = new ConcurrentHashMap<>();

    /** The next try is so late that no test reaches it. */
    LatestResourceBuilder<String, Model> resource() {
        return LatestResource.builder(state, this::load, this::dispose).retry(LONG, LONG);
    }

    /** Makes its loads wait until the returned latch is released. */
    CountDownLatch hold(String name) {
        CountDownLatch gate = new CountDownLatch(1);
        gates.put(name, gate);
        return gate;
    }

    void fail(String name, Throwable cause) {
        failures.put(name, cause);
    }

    void fix(String name) {
        failures.remove(name);
    }

    /** Publishes a name and returns when its resource is in service. */
    void swapTo(String name, LatestResource<String, Model> resource) {
        broker.push(name);
        awaitServing(name, resource);
    }

    static void awaitServing(String name, LatestResource<String, Model> resource) {
        soon().until(() -> resource.status().phase() == LoadPhase.WAITING
                && resource.status()
                        .serving()
                        .flatMap(current -> current.value().map(name::equals))
                        .orElse(false));
    }

    /** Polls often, because there are many swaps. */
    private static ConditionFactory soon() {
        return await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    static String used(LatestResource<String, Model> resource) {
        try (Lease<String, Model> lease = resource.acquire()) {
            return lease.get().use();
        }
    }

    void awaitTried(String... names) {
        soon().untilAsserted(() -> assertThat(List.copyOf(tried)).containsExactly(names));
    }

    void awaitDisposed(String... names) {
        soon().untilAsserted(() -> assertThat(List.copyOf(disposed)).containsExactly(names));
    }

    /** Closes the state. Nothing of the resource may be left either. */
    @Override
    public void close() {
        state.close();
        soon().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("latest-state")));
        assertThat(List.copyOf(loaded))
                .allSatisfy(model -> assertThat(model.disposals())
                        .as("disposals of %s", model)
                        .isEqualTo(1));
    }

    Model load(String name) throws Exception {
        tried.add(name);
        CountDownLatch gate = gates.get(name);
        if (gate != null) {
            gate.await();
        }
        Throwable failure = failures.get(name);
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof Exception exception) {
            throw exception;
        }
        Model model = new Model(name);
        loaded.add(model);
        return model;
    }

    void dispose(Model model) {
        model.dispose();
        disposed.add(model.toString());
    }
}
