package io.github.lateststate.benchmarks.latest;

import io.github.lateststate.benchmarks.kafka.FilledTopic;
import java.util.function.Consumer;

/** A way to get the latest state of a topic. */
interface Peer {

    /** Its name in the tables. */
    String name();

    /** How it is set up, in one or two sentences of Markdown. */
    String setUp();

    /** Whether a longer log takes it longer. */
    default boolean readsTheLog() {
        return false;
    }

    /**
     * Prepares what exists before, which is not timed.
     *
     * @param other a topic that is not measured
     */
    default AutoCloseable prepare(String bootstrapServers, FilledTopic other) throws Exception {
        return () -> {};
    }

    /**
     * Starts to look, and goes on until closed.
     *
     * @param latest receives the value of the newest record, once it is known; from any thread, maybe before this
     *     returns
     */
    AutoCloseable open(String bootstrapServers, FilledTopic topic, Consumer<String> latest) throws Exception;
}
