package io.github.lateststate.kinesis;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * When to read a shard next. All instances, and whoever else reads the shard, share five reads a second, and none knows how
 * many they are. So each widens its interval at once when it is throttled, and narrows it again slowly and by time, not by
 * read: whoever reads more often than the others is throttled more often, and all end up with about the same interval. Every
 * wait is jittered, so that instances that started together drift apart.
 *
 * <p>Not safe for use by several threads.
 */
final class Pace {

    /** The interval while there is something to catch up with: one instance leaves a read a second to the others. */
    static final Duration LEAST = Duration.ofMillis(250);

    /** The interval at the tip: five instances fit into a shard's reads. */
    static final Duration LEAST_AT_TIP = Duration.ofSeconds(1);

    /** Iterators, which live for five minutes, are used before that; 600 instances fit. */
    static final Duration MOST = Duration.ofMinutes(2);

    private static final double LEAST_MILLIS = LEAST.toMillis();
    private static final double LEAST_AT_TIP_MILLIS = LEAST_AT_TIP.toMillis();
    private static final double MOST_MILLIS = MOST.toMillis();
    private static final double LEAST_THROTTLED_MILLIS = 1_000;
    private static final double WIDENING = 2;
    private static final Duration NARROWED_TO_A_THIRD_IN = Duration.ofMinutes(5);

    private final DoubleSupplier random;
    private double interval = LEAST_MILLIS;
    private Instant since = Instant.MIN;

    /**
     * Makes one for a shard.
     *
     * @param random numbers from 0 to 1
     */
    Pace(DoubleSupplier random) {
        this.random = random;
    }

    /** The present interval while there is something to catch up with. */
    Duration interval() {
        return millis(interval);
    }

    /**
     * The wait after a read that was served.
     *
     * @param atTip whether there was nothing more to read
     */
    Duration afterAnswer(Instant now, boolean atTip) {
        if (since.isBefore(now)) {
            double elapsed =
                    since.equals(Instant.MIN) ? 0 : Duration.between(since, now).toMillis();
            double narrowed = interval * Math.exp(-elapsed / NARROWED_TO_A_THIRD_IN.toMillis());
            interval = Math.max(LEAST_MILLIS, narrowed);
            since = now;
        }
        return atTip
                ? millis(Math.max(LEAST_AT_TIP_MILLIS, interval) * (0.5 + random.getAsDouble()))
                : millis(interval * (1 + random.getAsDouble() / 2));
    }

    /** The wait after a call that was throttled. */
    Duration afterThrottling(Instant now) {
        since = now;
        interval = Math.min(MOST_MILLIS, Math.max(LEAST_THROTTLED_MILLIS, interval * WIDENING));
        return millis(LEAST_THROTTLED_MILLIS + interval * random.getAsDouble());
    }

    private static Duration millis(double millis) {
        return Duration.ofMillis((long) millis);
    }
}
