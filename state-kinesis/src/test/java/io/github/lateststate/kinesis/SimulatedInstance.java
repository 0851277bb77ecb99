package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Loop;
import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One instance of a service that follows a {@link SimulatedKinesis}. */
final class SimulatedInstance {

    static final KinesisSettings SETTINGS = new KinesisSettings(
            StreamAddress.of("models"), "group-8a3c4b52-0c55-4f6e-9a53-3f0f3c1b2a10", false, "eu-west-1", null);

    final RecordingSink sink;
    final AtomicReference<String> progress = new AtomicReference<>("");
    private final StreamSession session;

    SimulatedInstance(SimulatedLoop loop, StreamCalls calls, Predicate<String> acceptable, long seed) {
        this(loop, calls, null, new RecordingSink(acceptable), seed);
    }

    SimulatedInstance(
            SimulatedLoop loop, StreamCalls calls, @Nullable ConsumerCalls consumers, RecordingSink sink, long seed) {
        this.sink = sink;
        StreamContext context = new StreamContext(
                SETTINGS,
                calls,
                new CrashingLoop(loop, this::fail),
                new Contact(sink, loop),
                progress::set,
                new Random(seed)::nextDouble);
        this.session = new StreamSession(context, sink, consumers);
        loop.execute(session::start);
    }

    /** How many shards it remembers. */
    int knownShards() {
        return session.knownShards();
    }

    /** Has a task throw. */
    void fail(RuntimeException thrown) {
        session.pauseAfter(thrown);
    }

    void stop() {
        session.stop();
    }

    /** Hands on what its tasks throw, as the loop of a subscription does. */
    private record CrashingLoop(SimulatedLoop loop, Consumer<RuntimeException> onCrash) implements Loop {

        @Override
        public Instant now() {
            return loop.now();
        }

        @Override
        public long nanoTime() {
            return loop.nanoTime();
        }

        @Override
        public void execute(Runnable task) {
            loop.execute(guarded(task));
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return loop.after(delay, guarded(task));
        }

        private Runnable guarded(Runnable task) {
            return () -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    onCrash.accept(e);
                }
            };
        }
    }
}
