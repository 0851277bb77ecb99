package io.github.lateststate;

/** The registration of a listener. Close it to end the calls. */
public interface Registration extends AutoCloseable {

    /**
     * Ends the registration: no call to the listener begins after this has returned. Does not wait for a call that is
     * running. You may call it any number of times, from any thread.
     */
    @Override
    void close();
}
