package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Loop;
import io.github.lateststate.spi.StateSink;
import java.time.Duration;
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

    private record Answer(long askedAt, boolean pending) {}

    private final StateSink sink;
    private final Loop loop;
    private final Map<String, Answer> answers = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private boolean lookingBack = true;

    Contact(StateSink sink, Loop loop) {
        this.loop = loop;
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

    /** Says that one answered a question of that time, by the monotonic clock; ends an interruption if no other is missing. */
    void answered(String source, long askedAt, boolean pending) {
        missing.remove(source);
        answers.put(source, new Answer(askedAt, pending));
        if (missing.isEmpty()) {
            report();
        }
    }

    /** Says that one does not answer. */
    void troubled(String source, Throwable cause) {
        answers.remove(source);
        missing.add(source);
        sink.interrupted(cause);
    }

    /** The stream as a whole has to answer, but says nothing of how far the shards have been read. */
    private void report() {
        long now = loop.nanoTime();
        long age = 0;
        boolean pending = lookingBack;
        for (Map.Entry<String, Answer> entry : answers.entrySet()) {
            Answer answer = entry.getValue();
            pending |= answer.pending();
            if (!entry.getKey().equals(STREAM) || answers.size() == 1) {
                age = Math.max(age, now - answer.askedAt());
            }
        }
        sink.contact(Duration.ofNanos(age), pending);
    }
}
