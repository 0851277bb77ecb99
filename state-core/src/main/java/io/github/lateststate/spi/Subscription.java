package io.github.lateststate.spi;

/** One running subscription. All methods are safe for use by any thread, also from within a call to the sink. */
public interface Subscription extends AutoCloseable {

    /**
     * The identity of this instance at the broker: the group prefix and a random id. No two subscriptions share it.
     *
     * @return for example {@code group-5b2c…}; the same at every call
     */
    String group();

    /**
     * What the subscription is doing now, for a person who waits for it: the partition, the position reached and the
     * target while it looks back; what is missing while it waits. Does not block.
     *
     * @return one clause without a full stop, for example {@code looking back in partition 0: at 12 of 40}
     */
    String progress();

    /**
     * Ends the subscription: its threads, sockets, and what it registered at the broker. Returns within 5 s, from any
     * thread, in every phase, any number of times; no call to the sink begins after it has returned, except for the call
     * that it was made from. An interrupt does not stop it: the flag is kept.
     */
    @Override
    void close();
}
