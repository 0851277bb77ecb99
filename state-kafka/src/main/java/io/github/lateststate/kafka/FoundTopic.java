package io.github.lateststate.kafka;

import org.apache.kafka.common.errors.TimeoutException;

/**
 * A topic, and when it was found. If look-backs wait for their turn, the broker may have gone since then.
 *
 * @param topic the topic
 * @param at when it was found, by {@link System#nanoTime}
 */
record FoundTopic(Topic topic, long at) {

    static FoundTopic now(Topic topic) {
        return new FoundTopic(topic, System.nanoTime());
    }

    /** Whether to ask for it again before the look-back. */
    boolean isStale() {
        return System.nanoTime() - at > LookBackProbe.PATIENCE.toNanos();
    }

    /**
     * The topic, unless a look-back has waited in vain since then. Others need its thread, so it must try again later.
     */
    Topic stillThere() {
        if (isStale()) {
            throw new TimeoutException("the broker answered before, and is slow or away now");
        }
        return topic;
    }
}
