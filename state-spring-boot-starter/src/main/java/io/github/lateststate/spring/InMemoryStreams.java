package io.github.lateststate.spring;

import io.github.lateststate.testing.InMemorySubscriber;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The streams of a test that has {@link AutoConfigureInMemoryLatestState}: one in memory for each state. Safe for use by several threads.
 *
 * <pre>{@code
 * @Autowired InMemoryStreams streams;
 *
 * streams.of("model").push("{\"version\": 7}");
 * }</pre>
 *
 * <p>Tests that share a context share the streams, and what was pushed stays.
 */
public final class InMemoryStreams {

    private final Map<String, InMemorySubscriber> byState = new ConcurrentHashMap<>();

    InMemoryStreams() {}

    /**
     * The stream of a state.
     *
     * @param state the name under {@code latest-state.states}
     * @return the stream, the same one each time
     */
    public InMemorySubscriber of(String state) {
        return byState.computeIfAbsent(state, name -> new InMemorySubscriber());
    }
}
