package io.github.lateststate.resource;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * How long to pause before the next try: doubled from try to try up to a cap, and between half and the whole of that at random,
 * so that many instances do not come back at once. Not safe for use by several threads.
 */
final class Backoff {

    private final long firstNanos;
    private final long longestNanos;
    private final DoubleSupplier random;
    private long nextNanos;

    /**
     * Makes one that has seen no failure.
     *
     * @param random numbers from 0 to 1
     */
    Backoff(Duration first, Duration longest, DoubleSupplier random) {
        this.firstNanos = TimeUnit.NANOSECONDS.convert(first);
        this.longestNanos = TimeUnit.NANOSECONDS.convert(longest);
        this.random = random;
        this.nextNanos = firstNanos;
    }

    /** The pause after one more failure. */
    Duration next() {
        long most = nextNanos;
        nextNanos = most > longestNanos / 2 ? longestNanos : 2 * most;
        return Duration.ofNanos((long) (most * (1 + random.getAsDouble()) / 2));
    }

    /** Says that there is something else to try. */
    void reset() {
        nextNanos = firstNanos;
    }
}
