package io.github.lateststate.benchmarks.followers;

import java.util.HashMap;
import java.util.List;
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
    OURS_SHARED("latest-state, shared clients") {
        @Override
        public Follower open(Map<String, String> settings, String topic, Consumer<String> readable) {
            Map<String, String> sharing = new HashMap<>(settings);
            sharing.put("state.share.clients", "true");
            return new OurState(sharing, topic, readable);
        }
    },
    PLAIN_LOOP("plain poll loop") {
        @Override
        public Follower open(Map<String, String> settings, String topic, Consumer<String> readable) {
            return new PlainLoop(settings, topic, readable);
        }
    };

    /** The ways in which each follower has its own consumer. */
    public static final List<Way> EACH_BY_ITSELF = List.of(OURS, PLAIN_LOOP);

    private final String label;

    Way(String label) {
        this.label = label;
    }

    /** Its name in the tables. */
    public String label() {
        return label;
    }

    /**
     * Starts to follow, and returns at once.
     *
     * @param settings for the Kafka clients
     * @param readable is called by the thread that reads, each time a new value can be read
     */
    public abstract Follower open(Map<String, String> settings, String topic, Consumer<String> readable);
}
