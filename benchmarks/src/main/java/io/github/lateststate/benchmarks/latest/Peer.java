package io.github.lateststate.benchmarks.latest;

import io.github.lateststate.benchmarks.kafka.FilledTopic;
import java.util.function.Consumer;

/** A way to come by the latest state of a topic. */
interface Peer {

    /** What the tables call it. */
    String name();

    /** How it is set up, in one sentence or two of Markdown. */
    String setUp();

    /** Whether it takes the longer the longer the log is. */
    default boolean readsTheLog() {
        return false;
    }

    /**
     * Makes what is there before, which is not timed.
     *
     * @param other a topic that is not looked at
     */
    default AutoCloseable prepare(String bootstrapServers, FilledTopic other) throws Exception {
        return () -> {};
    }

    /**
     * Starts to look, and goes on until closed.
     *
     * @param latest to be told the value of the newest record, once it is known; from any thread, maybe before this returns
     */
    AutoCloseable open(String bootstrapServers, FilledTopic topic, Consumer<String> latest) throws Exception;
}
