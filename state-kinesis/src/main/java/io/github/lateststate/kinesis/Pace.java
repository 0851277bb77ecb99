package io.github.lateststate.kinesis;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * When to read a shard next. All instances, and whoever else reads the shard, share five reads a second, and none knows how
 * many they are. So each widens its interval when it is throttled, and narrows it again slowly, and by time, not by read:
 * whoever reads more often than the others is throttled more often, and all end up with about the same interval. Every wait is
 * jittered, so that instances that started together drift apart; and who was throttled waits less, the longer its last read is
 * past, so that none starves.
 *
 * <p>An interval that was widened by many throttled calls in a row may be far too wide once they end: it was not the share of
 * many instances, but one reader that took everything. So the read after them is followed by another one soon, on trial. While
 * those are served, the interval is halved; when one is throttled, the interval stands.
 *
 * <p>While there is something to catch up with, there is another interval: a look-back takes several reads, and should end soon
 * after others have ceased to take them all. It is widened by a throttled call and narrowed by one that is served, and narrowed faster.
 *
 * <p>The figures were found by simulation; {@code SharedReadsTest} holds them to it. Not safe for use by several threads.
 */
final class Pace {

    /** The interval while there is something to catch up with: one instance leaves a read a second to the others. */
    static final Duration LEAST = Duration.ofMillis(250);

    /** The interval at the tip: five instances fit into a shard's reads. */
    static final Duration LEAST_AT_TIP = Duration.ofSeconds(1);

    /** Iterators, which live for five minutes, are used before that, as a wait is half as long again at most; 900 instances fit. */
    static final Duration MOST = Duration.ofMinutes(3);

    private static final double WIDENING = 1.1;
    private static final double WIDENING_WHILE_BEHIND = 1.3;
    private static final double NARROWING_WHILE_BEHIND = 4;
    private static final double NARROWED_TO_A_THIRD_IN = 400;
    private static final double MOST_WHILE_BEHIND = 4;
    private static final double MOST_BACKOFF = 4;

    /** So many throttled calls in a row are not due to a share that is too large: somebody takes all there is. */
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
     * Makes one for a shard.
     *
     * @param random numbers from 0 to 1
     */
    Pace(Instant now, DoubleSupplier random) {
        this.random = random;
        this.answered = now;
        this.narrowed = now;
    }

    /**
     * The wait after a read that was served.
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
     * The wait after a call that was throttled.
     *
     * @param atTip whether there was nothing more to read at the last one that was not
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
