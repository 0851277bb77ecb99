package io.github.lateststate.benchmarks.reading;

import io.github.lateststate.Current;
import io.github.lateststate.LatestState;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.resource.Lease;
import io.github.lateststate.testing.InMemorySubscriber;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The reads that are timed. JMH creates the instance, which all threads share, and subclasses of this class. */
@State(Scope.Benchmark)
public class Reads {

    private volatile String plain = "";
    private AtomicReference<String> reference = new AtomicReference<>("value");
    private LatestState<String> state = opened();
    private LatestResource<String, String> resource = loaded(state);

    /** For JMH. */
    public Reads() {}

    /** Checks that there is something to read. */
    @Setup
    public void check() {
        plain = "value";
        resource.awaitReady(Duration.ofSeconds(10));
        if (!plain.equals(state.get())) {
            throw new IllegalStateException("The state is " + state.get());
        }
    }

    /** Ends what was opened. */
    @TearDown
    public void close() {
        resource.close();
        state.close();
    }

    /** The baseline for the others. */
    @Benchmark
    public String volatileRead() {
        return plain;
    }

    /** The least that a read costs if the value is in any object but the reader's own. */
    @Benchmark
    public @Nullable String atomicReference() {
        return reference.get();
    }

    /** A read of the value. */
    @Benchmark
    public String get() {
        return state.get();
    }

    /** A read of the value and its origin. */
    @Benchmark
    public Current<String> current() {
        return state.current();
    }

    /** A lease, used and given back. */
    @Benchmark
    public String lease() {
        try (Lease<String, String> lease = resource.acquire()) {
            return lease.get();
        }
    }

    private static LatestState<String> opened() {
        InMemorySubscriber broker = new InMemorySubscriber();
        broker.push("value");
        return LatestState.builder((payload, origin) -> new String(payload, StandardCharsets.UTF_8))
                .subscriber(broker)
                .stream("any")
                .open();
    }

    private static LatestResource<String, String> loaded(LatestState<String> state) {
        return LatestResource.builder(state, value -> value, value -> {}).open();
    }
}
