package io.github.lateststate;

/**
 * Receives each new state. Calls to one listener never overlap and never go back in time. A listener may block: states that are
 * superseded meanwhile are skipped, and it receives the last one in any case. What it throws is logged, and it receives the next
 * state all the same.
 *
 * <p>Calls are made on the executor that {@link LatestStateBuilder#executor} was given. Without one, and without virtual threads, a state
 * calls up to 64 listeners at the same time, each on its own thread. If more than that block, the others wait until those have been
 * running for 15 s: then their threads are replaced, up to 256 threads in all. {@link Status#slowListeners()} counts them.
 *
 * @param <T> the type of the value
 */
@FunctionalInterface
public interface StateListener<T> {

    /**
     * Takes a new state.
     *
     * @param current the state; without a value if a tombstone took it away
     * @throws Exception is logged
     */
    void onState(Current<T> current) throws Exception;
}
