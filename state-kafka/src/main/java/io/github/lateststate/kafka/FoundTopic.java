package io.github.lateststate.kafka;

import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A topic, and when it was found: the broker may have gone since, where look-backs wait for their turn.
 *
 * @param topic the topic
 * @param at when it was found, by {@link System#nanoTime}
 */
record FoundTopic(Topic topic, long at) {

    private static final Duration FRESH = Duration.ofSeconds(2);

    static FoundTopic now(Topic topic) {
        return new FoundTopic(topic, System.nanoTime());
    }

    /** Whether it has to be asked for again before it is looked back in. */
    boolean isStale() {
        return isOlderThan(FRESH);
    }

    /** The topic, unless a look-back has since waited in vain: others need its thread, so it has to try again later. */
    Topic stillThere() {
        if (isOlderThan(TopicProbe.PATIENCE)) {
            throw new TimeoutException("the broker was there, and is slow or away now");
        }
        return topic;
    }

    private boolean isOlderThan(Duration age) {
        return System.nanoTime() - at > age.toNanos();
    }
}
