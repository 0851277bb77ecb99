package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Loop;
import io.github.lateststate.spi.StateSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Combines the contact with the stream and with each of its shards. There is contact if all of them answer, and it is
 * as old as the oldest of their answers. Not safe for use by several threads.
 */
final class Contact {

    /** The source that stands for the whole stream. */
    static final String STREAM = "";

    private record Answer(long askedAt, boolean pending) {}

    private final StateSink sink;
    private final Loop loop;
    private final Map<String, Answer> answers = new HashMap<>();
    private final Set<String> missing = new HashSet<>();
    private boolean lookingBack = true;
    private boolean complete;

    Contact(StateSink sink, Loop loop) {
        this.loop = loop;
        this.sink = sink;
    }

    /** Adds a source that must answer from now on: a shard, or the whole stream. */
    void expect(String source) {
        if (!answers.containsKey(source)) {
            missing.add(source);
        }
    }

    /** Removes a source that need not answer any more. */
    void forget(String source) {
        missing.remove(source);
        answers.remove(source);
    }

    /** Notes that a look-back begins again. Until it ends, something is pending. */
    void lookBack() {
        lookingBack = true;
    }

    /** Notes that the look-back has ended in all shards. */
    void lookedBack() {
        lookingBack = false;
    }

    /** Whether the latest news of a source is an answer. */
    boolean isAnswering(String source) {
        return answers.containsKey(source);
    }

    /**
     * Notes that a source answered a question of that time, by the monotonic clock. Ends an interruption if all sources
     * answer.
     */
    void answered(String source, long askedAt, boolean pending) {
        missing.remove(source);
        answers.put(source, new Answer(askedAt, pending));
        if (missing.isEmpty()) {
            report();
        }
    }

    /** Notes that a source does not answer. */
    void troubled(String source, Throwable cause) {
        answers.remove(source);
        missing.add(source);
        sink.interrupted(cause);
    }

    /** Notes that nothing is read for now. All sources must answer again. */
    void lost(Throwable cause) {
        missing.addAll(answers.keySet());
        answers.clear();
        complete = false;
        sink.interrupted(cause);
    }

    /** Whether there was contact since {@link #lost}, other than during a look-back. */
    boolean wasComplete() {
        return complete;
    }

    /** The stream must answer too, but its answer does not show how far the shards have been read. */
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
        complete |= !lookingBack;
        sink.contact(Duration.ofNanos(age), pending);
    }
}
