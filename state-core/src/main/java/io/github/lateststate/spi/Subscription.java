package io.github.lateststate.spi;

/**
 * One running subscription. All methods are safe for use by any thread, also from within a call to the sink.
 *
 * @apiNote Later versions may add methods that have a default.
 */
public interface Subscription extends AutoCloseable {

    /**
     * The identity of this instance at the broker: the group prefix and a random id. No two subscriptions share it.
     *
     * @return for example {@code group-5b2c…}; the same at every call
     */
    String group();

    /**
     * What the subscription is doing now, for a person who waits for it. During the look-back it names the partition,
     * the position reached and the target. While it waits, it names what is missing. Does not block.
     *
     * @return one clause without a full stop, for example {@code looking back in partition 0: at 12 of 40}
     */
    String progress();

    /**
     * Ends the subscription: its threads, its sockets, and what it registered at the broker. Returns within 5 s, from
     * any thread, in every phase, any number of times. No call to the sink begins after it has returned. If it is
     * called from within a call to the sink, that call goes on. An interrupt does not stop it: the interrupt flag stays
     * set.
     */
    @Override
    void close();
}
