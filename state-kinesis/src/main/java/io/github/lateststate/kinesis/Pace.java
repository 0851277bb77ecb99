package io.github.lateststate.kinesis;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * When to read a shard next. All readers of the shard share five reads a second, and no instance knows how many readers
 * there are. So each instance widens its interval when it is throttled, and narrows it again slowly. Narrowing depends
 * on time, not on reads: an instance that reads more often is throttled more often, so all reach about the same
 * interval. Every wait is jittered, so instances that started together drift apart. After throttling, an instance waits
 * less the longer ago its last read was, so none starves.
 *
 * <p>Many throttled calls in a row may widen an interval far too much: the cause may be one reader that took
 * everything, not many instances. So the next successful read is followed by another one soon, on trial. While trials
 * succeed, the interval is halved. When one is throttled, the interval stays.
 *
 * <p>There is another interval while there is something to catch up with. A look-back takes several reads, and should
 * end soon after others stop taking all of them. A throttled call widens this interval and a successful one narrows it,
 * both faster.
 *
 * <p>The figures come from a simulation; {@code SharedReadsTest} checks them. Not safe for use by several threads.
 */
final class Pace {

    /** The interval while there is something to catch up with: one instance leaves one read a second to the others. */
    static final Duration LEAST = Duration.ofMillis(250);

    /** The interval at the tip: five instances fit into a shard's reads. */
    static final Duration LEAST_AT_TIP = Duration.ofSeconds(1);

    /**
     * A wait is at most half as long again, so iterators are used before they expire after five minutes. 900 instances
     * fit.
     */
    static final Duration MOST = Duration.ofMinutes(3);

    private static final double WIDENING = 1.1;
    private static final double WIDENING_WHILE_BEHIND = 1.3;
    private static final double NARROWING_WHILE_BEHIND = 4;
    private static final double NARROWED_TO_A_THIRD_IN = 400;
    private static final double MOST_WHILE_BEHIND = 4;
    private static final double MOST_BACKOFF = 4;

    /** With this many throttled calls in a row, the interval is not the cause: another reader takes everything. */
    private static final int LONG_STREAK = 14;

    private static final int LONG_STREAK_WHILE_BEHIND = 8;

    /** How soon to find out whether that has ended. */
    private static final double TRIAL = 4;

    private final DoubleSupplier random;
    private double interval = seconds(LEAST);
    private double intervalWhileBehind = seconds(LEAST);
    private int streak;
    private boolean inLongStreak;
    private boolean onTrial;
    private Instant answered;
    private Instant narrowed;

    /**
     * Starts the pace of a shard.
     *
     * @param random numbers from 0 to 1
     */
    Pace(Instant now, DoubleSupplier random) {
        this.random = random;
        this.answered = now;
        this.narrowed = now;
    }

    /**
     * The wait after a successful read.
     *
     * @param atTip whether there was nothing more to read
     */
    Duration afterAnswer(Instant now, boolean atTip) {
        narrow(now);
        answered = now;
        if (onTrial) {
            interval = Math.max(seconds(LEAST), interval / 2);
        }
        onTrial = (onTrial || inLongStreak) && interval > TRIAL;
        streak = 0;
        inLongStreak = false;
        intervalWhileBehind = Math.max(seconds(LEAST), intervalWhileBehind / NARROWING_WHILE_BEHIND);
        if (!atTip) {
            return duration(intervalWhileBehind * (1 + random.getAsDouble() / 2));
        }
        return duration(
                onTrial
                        ? TRIAL * (1 + random.getAsDouble())
                        : Math.max(seconds(LEAST_AT_TIP), interval) * (0.5 + random.getAsDouble()));
    }

    /**
     * The wait after a throttled call.
     *
     * @param atTip whether the last successful read left nothing more to read
     */
    Duration afterThrottling(Instant now, boolean atTip) {
        narrow(now);
        intervalWhileBehind = Math.min(
                MOST_WHILE_BEHIND, Math.max(seconds(LEAST_AT_TIP), intervalWhileBehind) * WIDENING_WHILE_BEHIND);
        boolean tried = onTrial;
        onTrial = false;
        if (tried && atTip) {
            double rest = interval * (0.5 + random.getAsDouble()) - seconds(Duration.between(answered, now));
            return duration(Math.max(1, rest));
        }
        streak++;
        inLongStreak |= streak >= (atTip ? LONG_STREAK : LONG_STREAK_WHILE_BEHIND);
        interval = Math.min(seconds(MOST), Math.max(seconds(LEAST_AT_TIP), interval) * WIDENING);
        double left = interval - seconds(Duration.between(answered, now));
        double most = atTip
                ? Math.max(1, Math.min(MOST_BACKOFF, left))
                : Math.min(MOST_WHILE_BEHIND, Math.scalb(1.0, Math.min(streak, 10)));
        return duration(1 + most * random.getAsDouble());
    }

    private void narrow(Instant now) {
        double elapsed = Math.max(0, seconds(Duration.between(narrowed, now)));
        interval = Math.max(seconds(LEAST), interval * Math.exp(-elapsed / NARROWED_TO_A_THIRD_IN));
        narrowed = now;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
