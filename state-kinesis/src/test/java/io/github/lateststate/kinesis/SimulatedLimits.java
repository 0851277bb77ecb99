package io.github.lateststate.kinesis;

import java.time.Duration;
import java.time.Instant;

/** The limits of one shard, and for some calls of the stream or the account. All callers share them. */
final class SimulatedLimits {

    private static final long BYTES_PER_SECOND = 2_000_000;

    private final RateLimit rates = new RateLimit();
    private Instant paidUntil = Instant.MIN;

    /**
     * Counts a call, unless the second before it had as many as are served, or an earlier read was so large that it
     * still blocks others.
     *
     * @return whether it is served
     */
    boolean serves(SimulatedCall call, Instant now) {
        if (call == SimulatedCall.RECORDS && paidUntil.isAfter(now)) {
            return false;
        }
        return rates.admits(call.name(), call.perSecond, now);
    }

    /** Counts the bytes of a read: 10 MB block all other reads for 5 seconds. */
    void read(long bytes, Instant now) {
        paidUntil = now.plus(toPayFor(bytes));
    }

    static Duration toPayFor(long bytes) {
        return Duration.ofNanos(bytes * 1_000_000_000 / BYTES_PER_SECOND);
    }
}
