package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.RecordingSink;
import java.net.URI;
import java.util.Random;
import java.util.function.Predicate;

/** One instance of a service in simulated time: the real session on a simulated stream. */
final class SimulatedInstance {

    private final RecordingSink sink;
    private final SimulatedCalls calls;
    private final StreamSession session;

    SimulatedInstance(SimulatedStream stream, SimulatedLoop loop, long seed, Predicate<String> acceptable) {
        sink = new RecordingSink(acceptable);
        calls = new SimulatedCalls(stream, loop);
        Random random = new Random(seed);
        KinesisSettings settings =
                new KinesisSettings(stream.name(), "group-" + seed, false, "us-east-1", URI.create("http://localhost"));
        session =
                new StreamSession(settings, calls, null, loop, sink, progress -> {}, sink::failed, random::nextDouble);
    }

    SimulatedInstance(SimulatedStream stream, SimulatedLoop loop, long seed) {
        this(stream, loop, seed, payload -> true);
    }

    SimulatedInstance start() {
        session.start();
        return this;
    }

    void stop() {
        session.stop();
        assertThat(sink.breaches()).isEmpty();
        assertThat(sink.failure()).isEmpty();
    }

    RecordingSink sink() {
        return sink;
    }

    SimulatedCalls calls() {
        return calls;
    }
}
