package io.github.lateststate;

/**
 * How far a state is, and how fresh it can be.
 *
 * @apiNote Later versions may add constants: give a {@code switch} a default.
 */
public enum Phase {
    /**
     * Looking back for the last record. Entered at {@code open()}, and again from {@link #INTERRUPTED} when contact is there
     * but the look-back has not ended; left when it has ended.
     */
    STARTING,

    /**
     * Following the stream, in contact with the broker: it was asked less than 15 s ago, and what it had is shown, being decoded, or
     * reported by {@link Status#newerPending()}. Entered when the look-back has ended and when contact is there again; left when
     * contact is lost.
     */
    LIVE,

    /**
     * Perhaps not fresh: the broker is away or refuses, the stream does not exist, the last contact is older than 15 s, or the decoder
     * cannot decode now or has been running for more than 15 s. {@link Status#lastError()} says which. The value is the last known.
     * Entered from {@link #STARTING} or {@link #LIVE} within 15 s of the loss; left when the broker answers again. It is
     * retried for ever.
     */
    INTERRUPTED,

    /**
     * Given up, for a reason that no retry can fix; {@link Status#lastError()} says what to fix. The value is the last
     * known. Left by {@code close()} only.
     */
    FAILED,

    /** Closed by the caller. The value is the last known. Final. */
    CLOSED
}
