package io.github.lateststate.kinesis;

import io.github.lateststate.testing.RecordingSink;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
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
                SETTINGS, calls, loop, new Contact(sink, loop), progress::set, new Random(seed)::nextDouble);
        this.session = new StreamSession(context, sink, consumers);
        loop.execute(session::start);
    }

    /** How many shards it remembers. */
    int knownShards() {
        return session.knownShards();
    }

    void stop() {
        session.stop();
    }
}
