package io.github.lateststate;

/**
 * Receives each change of a status, in order. Calls to one listener never overlap. A listener may block; it delays nobody. If it is
 * more than {@value StatusDelivery#MOST_WAITING} changes behind, the oldest of them are skipped; the last one is told in any case. What
 * it throws is logged, and it receives the next change all the same.
 *
 * <p>The threads are those of {@link StateListener}.
 */
@FunctionalInterface
public interface StatusListener {

    /**
     * Takes a status.
     *
     * @param status as it was when it changed; {@link Status#progress()} and {@link Status#slowListeners()} are of this moment. After
     *     one of phase {@link Phase#CLOSED} no other comes
     * @throws Exception is logged
     */
    void onStatus(Status status) throws Exception;
}
