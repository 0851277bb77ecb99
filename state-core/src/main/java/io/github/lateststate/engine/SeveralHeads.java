package io.github.lateststate.engine;

import java.util.Optional;

/** The warning about a stream with more than one head: a clock decides which of them is the newest. */
public final class SeveralHeads {

    private SeveralHeads() {}

    /**
     * Returns what to log once, when the look-back has ended.
     *
     * @param stream what is followed, at the start of a sentence
     * @param count how many parts it has
     * @param part the broker's word for a part, such as {@code shard}
     * @param owners who sets the timestamps, as a genitive
     * @return the warning; empty if the stream has one part only
     */
    public static Optional<String> warning(String stream, int count, String part, String owners) {
        if (count <= 1) {
            return Optional.empty();
        }
        return Optional.of(stream + " has " + count + " " + part + "s, so the state is the newest head by " + owners
                + " timestamps. Use one " + part + " if you can.");
    }
}
