package io.github.lateststate;

/**
 * Receives each change of a status, in order. Calls to one listener never overlap. A listener may block without
 * delaying anyone. If it is more than {@value StatusDelivery#MOST_WAITING} changes behind, it skips the oldest of them;
 * it always receives the last one. If it throws, the exception is logged, and it still receives the next change.
 *
 * <p>Two errors that differ only in words with digits count as one: no call tells the second from the first. So the
 * retries of one outage make one call, though each has its own error. {@link Status#lastError()} of the state returns
 * the newest.
 *
 * <p>The threads are those of {@link StateListener}.
 */
@FunctionalInterface
public interface StatusListener {

    /**
     * Receives a status.
     *
     * @param status the status at the change; only {@link Status#progress()}, {@link Status#slowListeners()} and
     *     {@link Status#slowestListenerSince()} are of the moment of the call. A status of phase {@link Phase#CLOSED} is
     *     the last one
     * @throws Exception is logged
     */
    void onStatus(Status status) throws Exception;
}
