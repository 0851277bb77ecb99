package io.github.lateststate.benchmarks.latest;

import io.github.lateststate.LatestState;
import io.github.lateststate.benchmarks.kafka.FilledTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * This library.
 *
 * @param second whether another state is open already
 */
record OurState(boolean second) implements Peer {

    /** When a state is ready, its follower still has to connect, which would take the cores from the second state. */
    private static final int MILLIS_TO_SETTLE = 100;

    @Override
    public String name() {
        return second ? "latest-state, second state" : "latest-state";
    }

    @Override
    public String setUp() {
        return second
                ? "The same, while a state of another topic with the same settings is open in the JVM. The two share an admin client."
                : "`open()`, `awaitReady()`, `get()`. The brokers are the only setting.";
    }

    @Override
    public AutoCloseable prepare(String bootstrapServers, FilledTopic other) throws InterruptedException {
        if (!second) {
            return () -> {};
        }
        AutoCloseable first = open(bootstrapServers, other, value -> {});
        Thread.sleep(MILLIS_TO_SETTLE);
        return first;
    }

    @Override
    public AutoCloseable open(String bootstrapServers, FilledTopic topic, Consumer<String> latest) {
        LatestState<String> state =
                LatestState.builder((payload, origin) -> new String(payload, StandardCharsets.UTF_8))
                        .subscriber("kafka")
                        .stream(topic.name())
                        .setting("bootstrap.servers", bootstrapServers)
                        .open();
        state.awaitReady(Duration.ofMinutes(1));
        latest.accept(state.get());
        return state;
    }
}
