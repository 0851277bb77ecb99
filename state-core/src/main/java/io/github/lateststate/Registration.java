package io.github.lateststate;

/**
 * The registration of a listener. Close it to end the calls.
 *
 * @apiNote Later versions may add methods: do not implement it, except in tests.
 */
public interface Registration extends AutoCloseable {

    /**
     * Ends the registration: the listener receives nothing more. Does not wait for a call that is running, or that
     * another thread is about to make. So one call may still begin after this has returned. You may call it any
     * number of times, from any thread.
     */
    @Override
    void close();
}
