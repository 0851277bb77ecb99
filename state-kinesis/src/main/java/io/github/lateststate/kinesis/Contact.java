package io.github.lateststate.kinesis;

import io.github.lateststate.spi.StateSink;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Puts together what is known of the contact with the stream and with each of its shards: there is contact if all of them
 * answer, and it is as old as the oldest of the answers. Not safe for use by several threads.
 */
final class Contact {

    /** The source that stands for the stream as a whole. */
    static final String STREAM = "";

    private record Answer(Instant at, boolean pending) {}

    private final StateSink sink;
    private final Map<String, Answer> answers = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private boolean lookingBack = true;

    Contact(StateSink sink) {
        this.sink = sink;
    }

    /** Says who has to answer from now on, beside those that have to already: a shard, or the stream as a whole. */
    void expect(String source) {
        if (!answers.containsKey(source)) {
            missing.add(source);
        }
    }

    /** Says that one need not answer any more. */
    void forget(String source) {
        missing.remove(source);
        answers.remove(source);
    }

    /** Says that all records of the start have been offered. */
    void lookedBack() {
        lookingBack = false;
    }

    /** Whether the last that is known of one is an answer. */
    boolean isAnswering(String source) {
        return answers.containsKey(source);
    }

    /** Says that one answered; ends an interruption if no other is missing. */
    void answered(String source, Instant at, boolean pending) {
        missing.remove(source);
        answers.put(source, new Answer(at, pending));
        if (missing.isEmpty() && !(answers.size() == 1 && answers.containsKey(STREAM))) {
            tell(at); // without a shard that is read there is no contact
        }
    }

    /** Says that one does not answer. */
    void troubled(String source, Throwable cause) {
        answers.remove(source);
        missing.add(source);
        sink.interrupted(cause);
    }

    /** The stream as a whole has to answer, but says nothing of how far the shards have been read. */
    private void tell(Instant now) {
        Instant oldest = now;
        boolean pending = lookingBack;
        for (Map.Entry<String, Answer> entry : answers.entrySet()) {
            Answer answer = entry.getValue();
            pending |= answer.pending();
            if (!entry.getKey().equals(STREAM) && answer.at().isBefore(oldest)) {
                oldest = answer.at();
            }
        }
        sink.contact(Duration.between(oldest, now), pending);
    }
}
