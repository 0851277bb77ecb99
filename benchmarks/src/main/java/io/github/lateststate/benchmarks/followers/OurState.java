package io.github.lateststate.benchmarks.followers;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** This library. */
public final class OurState implements Follower {

    private final LatestState<String> state;

    /** Starts to follow, and returns at once; see {@link Way#open}. */
    public OurState(Map<String, String> settings, String topic, Consumer<String> readable) {
        CompletableFuture<LatestState<String>> opened = new CompletableFuture<>();
        LatestStateBuilder<String> builder =
                LatestState.builder((payload, origin) -> new String(payload, StandardCharsets.UTF_8))
                        .subscriber(new WatchedSubscriber(() ->
                                opened.join().value().ifPresent(readable))) // the reader may be faster than open()
                        .stream(topic);
        settings.forEach(builder::setting);
        state = builder.open();
        opened.complete(state);
    }

    public LatestState<String> state() {
        return state;
    }

    @Override
    public void close() {
        state.close();
    }
}
