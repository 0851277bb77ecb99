package io.github.lateststate.concurrent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * How long to pause before the next try. The pause doubles from try to try, up to a cap. The actual pause is a random
 * part of it, between half and the whole, so that many instances do not come back at once. This class only computes:
 * the caller waits. Not safe for use by several threads.
 */
public final class Backoff {

    private final long firstNanos;
    private final long longestNanos;
    private final DoubleSupplier random;
    private long nextNanos;

    /**
     * Starts without a failure.
     *
     * @param first the longest pause after the first failure; positive
     * @param longest the cap of all pauses; not shorter than {@code first}
     * @param random numbers from 0 to 1
     * @throws IllegalArgumentException if {@code first} or {@code longest} breaks these rules
     */
    public Backoff(Duration first, Duration longest, DoubleSupplier random) {
        requireValid(first, longest);
        this.firstNanos = TimeUnit.NANOSECONDS.convert(first);
        this.longestNanos = TimeUnit.NANOSECONDS.convert(longest);
        this.random = random;
        this.nextNanos = firstNanos;
    }

    /**
     * Checks pauses that are used later.
     *
     * @param first the longest pause after the first failure; positive
     * @param longest the cap of all pauses; not shorter than {@code first}
     * @throws IllegalArgumentException if {@code first} or {@code longest} breaks these rules
     */
    public static void requireValid(Duration first, Duration longest) {
        if (first.isNegative() || first.isZero() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException("Pauses from " + first + " to " + longest + " are not valid."
                    + " Give a positive first pause, and a longest pause that is not shorter.");
        }
    }

    /**
     * Counts one more failure.
     *
     * @return how long to pause after it
     */
    public Duration next() {
        long most = nextNanos;
        nextNanos = most > longestNanos / 2 ? longestNanos : 2 * most;
        return Duration.ofNanos((long) (most * (1 + random.getAsDouble()) / 2));
    }

    /** Reports that it works again, or that there is something else to try: the next pause is the first one. */
    public void reset() {
        nextNanos = firstNanos;
    }
}
