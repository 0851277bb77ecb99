package io.github.lateststate.spi;

import io.github.lateststate.concurrent.Backoff;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * The pauses that the rule of outages requires. They grow from 200 ms to 5 s while a broker cannot be reached, and from
 * 2 s to 10 s if someone must fix credentials or rights first. Not safe for use by several threads.
 */
public final class OutageBackoff {

    private final Backoff away;
    private final Backoff denied;

    /** Starts without a failure. */
    public OutageBackoff() {
        this(() -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Starts without a failure, for tests that control the randomness.
     *
     * @param random numbers from 0 to 1
     */
    public OutageBackoff(DoubleSupplier random) {
        this.away = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), random);
        this.denied = new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(10), random);
    }

    /**
     * Counts one more failure.
     *
     * @param isDenied whether credentials or rights are wrong
     * @return how long to pause after it
     */
    public Duration next(boolean isDenied) {
        return (isDenied ? denied : away).next();
    }

    /** Reports that it works again. */
    public void reset() {
        away.reset();
        denied.reset();
    }
}
