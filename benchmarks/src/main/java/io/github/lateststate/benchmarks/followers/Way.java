package io.github.lateststate.benchmarks.followers;

import java.util.Map;
import java.util.function.Consumer;

/** How a topic is followed. */
public enum Way {
    OURS("latest-state") {
        @Override
        public Follower open(Map<String, String> settings, String topic, Consumer<String> readable) {
            return new OurState(settings, topic, readable);
        }
    },
    PLAIN_LOOP("plain poll loop") {
        @Override
        public Follower open(Map<String, String> settings, String topic, Consumer<String> readable) {
            return new PlainLoop(settings, topic, readable);
        }
    };

    private final String label;

    Way(String label) {
        this.label = label;
    }

    /** What the tables call it. */
    public String label() {
        return label;
    }

    /**
     * Starts to follow, and returns at once.
     *
     * @param settings for the Kafka clients
     * @param readable is called by the thread that reads, each time a value can be read that could not before
     */
    public abstract Follower open(Map<String, String> settings, String topic, Consumer<String> readable);
}
