package io.github.lateststate;

/**
 * Receives each change of a status, in order. Calls to one listener never overlap. A listener may block without
 * delaying anyone. If it is more than {@value StatusDelivery#MOST_WAITING} changes behind, it skips the oldest of them;
 * it always receives the last one. If it throws, the exception is logged, and it still receives the next change.
 *
 * <p>The threads are those of {@link StateListener}.
 */
@FunctionalInterface
public interface StatusListener {

    /**
     * Receives a status.
     *
     * @param status the status at the change; only {@link Status#progress()} and {@link Status#slowListeners()} are of
     *     the moment of the call. A status of phase {@link Phase#CLOSED} is the last one
     * @throws Exception is logged
     */
    void onStatus(Status status) throws Exception;
}
