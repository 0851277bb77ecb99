package io.github.lateststate;

/**
 * What a state is doing, and how fresh it can be.
 *
 * @apiNote Later versions may add constants: give a {@code switch} a default.
 */
public enum Phase {
    /**
     * The look-back searches for the last record. Entered at {@code open()}, and from {@link #INTERRUPTED} when contact
     * returns before the look-back has ended. Left when the look-back has ended.
     */
    STARTING,

    /**
     * Following the stream, in contact with the broker. The broker was asked less than 15 s ago. What it had is shown,
     * is being decoded, or is reported by {@link Status#newerPending()}. Entered when the look-back has ended, and when
     * contact returns after that. Left when contact is lost.
     */
    LIVE,

    /**
     * The state may be stale. Either the broker is away or refuses, the stream does not exist, or the last contact is
     * older than 15 s. Or the decoder cannot decode now, or has been running for more than 15 s.
     * {@link Status#lastError()} says which. The value is the last known one. Entered from {@link #STARTING} or
     * {@link #LIVE} within 15 s of the loss. Left when the broker answers again. Retries never stop.
     */
    INTERRUPTED,

    /**
     * The subscription gave up, for a reason that no retry can fix. {@link Status#lastError()} says what to fix. The
     * value is the last known one. Only {@code close()} leaves this phase.
     */
    FAILED,

    /** The caller closed the state. The value is the last known one. This phase is final. */
    CLOSED
}
