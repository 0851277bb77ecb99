package io.github.lateststate;

/** A listener that is being told. */
public interface Registration extends AutoCloseable {

    /**
     * Ends it: no call to the listener begins after this has returned. Does not wait for one that is running. Any number of
     * times, from any thread.
     */
    @Override
    void close();
}
