package io.github.lateststate.kinesis;

import io.github.lateststate.kinesis.SimulatedKinesis.Call;
import java.time.Duration;
import java.time.Instant;

/** What one shard serves, or for some calls the stream or the account, shared by all who call. */
final class SimulatedLimits {

    private static final long BYTES_PER_SECOND = 2_000_000;

    private final RateLimit rates = new RateLimit();
    private Instant paidUntil = Instant.MIN;

    /**
     * Counts a call, unless there were as many as are served in the second before it, or an earlier read was so large that it is
     * still being paid for.
     *
     * @return whether it is served
     */
    boolean serves(Call call, Instant now) {
        if (call == Call.RECORDS && paidUntil.isAfter(now)) {
            return false;
        }
        return rates.admits(call.name(), call.perSecond, now);
    }

    /** Takes what a read brought: 10 MB block all others for 5 seconds. */
    void read(long bytes, Instant now) {
        paidUntil = now.plus(toPayFor(bytes));
    }

    static Duration toPayFor(long bytes) {
        return Duration.ofNanos(bytes * 1_000_000_000 / BYTES_PER_SECOND);
    }
}
