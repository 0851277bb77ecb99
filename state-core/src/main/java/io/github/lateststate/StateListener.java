package io.github.lateststate;

/**
 * Is told of each new state. Calls to one listener never overlap and never go back in time; different listeners are called
 * on different threads and do not wait for each other. A listener may block: states that are superseded meanwhile are
 * skipped, and the last one is always told. What it throws is logged, and the next state is told all the same.
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
