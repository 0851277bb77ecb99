package io.github.lateststate;

/**
 * Receives each new state. Calls to one listener never overlap and never go back in time. A listener may block: it
 * skips states that are superseded meanwhile, and always receives the last one. If it throws, the exception is logged,
 * and it still receives the next state.
 *
 * <p>Calls run on the executor that you gave to {@link LatestStateBuilder#executor}. Without an executor and without
 * virtual threads, a state calls up to 64 listeners at the same time, each on its own thread. If more than 64 block,
 * the others wait until those have been running for 15 s. Then their threads are replaced, up to 256 threads in all.
 * {@link Status#slowListeners()} counts them.
 *
 * @param <T> the type of the value
 * @apiNote The numbers of threads may change.
 */
@FunctionalInterface
public interface StateListener<T> {

    /**
     * Receives a new state.
     *
     * @param current the state; it has no value if a tombstone removed it
     * @throws Exception is logged
     */
    void onState(Current<T> current) throws Exception;
}
