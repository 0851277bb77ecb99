package io.github.lateststate;

/** How far a state is, and how fresh it can be. */
public enum Phase {
    /**
     * Looking back for the last record. Entered at {@code open()}, and again from {@link #INTERRUPTED} when contact is there
     * but the look-back has not ended; left when it has ended.
     */
    STARTING,

    /**
     * Following the stream, in contact with the broker. Entered when the look-back has ended and when contact is there again;
     * left when contact is lost.
     */
    LIVE,

    /**
     * No contact with the stream: the broker is away, refuses, or the stream does not exist. The value is the last known.
     * Entered from {@link #STARTING} or {@link #LIVE} within 15 s of the loss; left when the broker answers again. It is
     * retried for ever.
     */
    INTERRUPTED,

    /**
     * Given up, for a reason that no retry can mend; {@link Status#lastError()} says what to mend. The value is the last
     * known. Left by {@code close()} only.
     */
    FAILED,

    /** Closed by the caller. The value is the last known. Final. */
    CLOSED
}
