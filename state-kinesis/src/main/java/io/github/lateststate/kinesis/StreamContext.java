package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Loop;
import io.github.lateststate.engine.Scope;
import io.github.lateststate.spi.OutageBackoff;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * What all parts of a subscription share.
 *
 * @param settings the settings
 * @param calls asks the server about the stream
 * @param loop runs every part
 * @param contact receives which sources answer, and which do not
 * @param progress receives what is being done now
 * @param random numbers from 0 to 1
 */
record StreamContext(
        KinesisSettings settings,
        StreamCalls calls,
        Loop loop,
        Contact contact,
        Consumer<String> progress,
        DoubleSupplier random) {

    Scope newScope() {
        return new Scope(loop);
    }

    OutageBackoff newBackoff() {
        return new OutageBackoff(random);
    }

    /** A random time that is shorter than this. */
    Duration randomUpTo(Duration most) {
        return Duration.ofMillis((long) (most.toMillis() * random.getAsDouble()));
    }
}
