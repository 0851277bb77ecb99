package io.github.lateststate.kafka;

import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A topic, and when it was found. If look-backs wait for their turn, the broker may have gone since then.
 *
 * @param topic the topic
 * @param at when it was found, by {@link System#nanoTime}
 */
record FoundTopic(Topic topic, long at) {

    private static final Duration FRESH = Duration.ofSeconds(2);

    static FoundTopic now(Topic topic) {
        return new FoundTopic(topic, System.nanoTime());
    }

    /** Whether to ask for it again before the look-back. */
    boolean isStale() {
        return isOlderThan(FRESH);
    }

    /**
     * The topic, unless a look-back has waited in vain since then. Others need its thread, so it must try again later.
     */
    Topic stillThere() {
        if (isOlderThan(LookBackProbe.PATIENCE)) {
            throw new TimeoutException("the broker answered before, and is slow or away now");
        }
        return topic;
    }

    private boolean isOlderThan(Duration age) {
        return System.nanoTime() - at > age.toNanos();
    }
}
