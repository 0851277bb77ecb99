package io.github.lateststate.kafka;

import io.github.lateststate.spi.StateSink;
import org.jspecify.annotations.Nullable;

/**
 * Reports contact, which needs two things: the broker's answer, and a reader that has reached the ends in it. An empty
 * poll is not contact. What was read before the topic's id was known must be verified too. For the thread of the loop.
 *
 * <p>Example:
 *
 * <pre>
 * 10:00  the broker is asked; the reader is at offset 40
 * 10:01  the broker answers: the log ends at 45; the reader is at 42, so there is no contact yet
 * 10:02  the reader reaches 45: contact, as of 10:00, when the broker was asked
 * 10:05  the broker is asked again; the reader is at 45
 * 10:06  the broker answers: the log ends at 30, so it was truncated: look back again
 * </pre>
 */
final class ContactCheck {

    private final FollowedLog log;
    private final StateSink sink;
    private final Runnable inContact;
    private TopicBounds newest;
    private @Nullable TopicBounds notReached;

    /** Begins with the bounds of the look-back, which the reader has reached. */
    ContactCheck(TopicBounds lookedBack, FollowedLog log, StateSink sink, Runnable inContact) {
        this.newest = lookedBack;
        this.log = log;
        this.sink = sink;
        this.inContact = inContact;
    }

    /** The topic as it was when the broker last answered. */
    Topic topic() {
        return newest.topic();
    }

    /** Whether the reader has not reached what the broker reported. */
    boolean isBehind() {
        return notReached != null;
    }

    /** Takes an answer of the broker. */
    void answered(TopicBounds answer) {
        newest = answer;
        log.unverified().readAgain();
        if (notReached == null) {
            notReached = answer;
        }
        moved();
    }

    /** Waits for another answer: bounds from before the trouble prove nothing. */
    void interrupted() {
        notReached = null;
    }

    /** Reports contact if the reader has reached the bounds now. */
    void moved() {
        TopicBounds reached = notReached;
        if (reached != null && !log.unverified().areOpen() && reached.isReachedAt(log::position)) {
            notReached = null;
            inContact.run();
            sink.contact(reached.age(), newest.holdNewerThan(log::position));
        }
    }
}
