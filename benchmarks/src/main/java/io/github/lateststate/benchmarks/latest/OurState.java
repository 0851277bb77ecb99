package io.github.lateststate.benchmarks.latest;

import io.github.lateststate.LatestState;
import io.github.lateststate.benchmarks.kafka.FilledTopic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

final class OurState implements Peer {

    @Override
    public String name() {
        return "latest-state";
    }

    @Override
    public String setUp() {
        return "`open()`, `awaitReady()`, `get()`, with no other setting than the brokers.";
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
