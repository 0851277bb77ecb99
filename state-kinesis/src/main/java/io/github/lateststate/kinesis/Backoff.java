package io.github.lateststate.kinesis;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next try: doubled from try to try up to a cap, and between half and the whole of that at random,
 * so that many instances do not come back at once.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration CAP = Duration.ofSeconds(5);
    private static final Duration FIRST_WHEN_DENIED = Duration.ofSeconds(2);
    private static final Duration CAP_WHEN_DENIED = Duration.ofSeconds(10);
    private static final int MOST_DOUBLINGS = 10;

    private final DoubleSupplier random;
    private int tries;

    /**
     * Makes one that has seen no failure.
     *
     * @param random numbers from 0 to 1
     */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** The wait after one more failure; longer where credentials or rights are wrong. */
    Duration next(boolean denied) {
        Duration first = denied ? FIRST_WHEN_DENIED : FIRST;
        Duration cap = denied ? CAP_WHEN_DENIED : CAP;
        Duration doubled = first.multipliedBy(1L << Math.min(tries, MOST_DOUBLINGS));
        tries++;
        long most = Math.min(doubled.toMillis(), cap.toMillis());
        return Duration.ofMillis((long) (most * (1 + random.getAsDouble()) / 2));
    }

    /** Says that it works again. */
    void reset() {
        tries = 0;
    }
}
