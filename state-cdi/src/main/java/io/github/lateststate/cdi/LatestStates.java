package io.github.lateststate.cdi;

import io.github.lateststate.Decoder;
import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.SubscriberNotFoundException;
import io.github.lateststate.spi.LatestStateSubscriber;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;

/**
 * Opens the states that MicroProfile Config has under {@code latest-state.states.<name>}. Use it in a producer method:
 *
 * <pre>{@code
 * @Produces
 * @Singleton
 * LatestState<ModelRef> model(LatestStates states) {
 *     return states.open("model", JsonDecoder.of(ModelRef.class));
 * }
 * }</pre>
 *
 * <p>The properties of a state are {@code stream}, {@code subscriber}, {@code settings.*}, {@code key}, {@code await-ready},
 * {@code snapshot.path} and {@code snapshot.max-age}. Durations are written as MicroProfile Config reads them: {@code PT30S} everywhere.
 *
 * <p>Each bean whose type is {@link LatestState} or {@link io.github.lateststate.resource.LatestResource} is created when the container
 * starts. The start then waits for the states that have {@code await-ready}. When the container stops, the resources that are beans are
 * closed first, and then all states that were opened here. You need no disposer methods.
 *
 * <p>A subscriber that is a bean is preferred to one of the same name on the class path. A test produces an
 * {@link io.github.lateststate.testing.InMemorySubscriber} that way, and sets {@code subscriber} to {@code in-memory}.
 *
 * <p>All methods may be called from any thread and do not wait for a broker.
 */
public final class LatestStates {

    /** A state that was opened here, and how long the start of the container waits for it. */
    record Opened(LatestState<?> state, Duration awaitReady) {}

    private final Config config;
    private final SubscriberChoice subscribers;
    private final Deque<Opened> opened = new ConcurrentLinkedDeque<>();

    LatestStates(Config config, Iterable<LatestStateSubscriber> subscribers) {
        this.config = config;
        this.subscribers = new SubscriberChoice(subscribers);
    }

    /**
     * Opens a state.
     *
     * @param name the name under {@code latest-state.states}
     * @param decoder turns payloads into values; is closed with the state
     * @param <T> the type of the values
     * @return the state, which is closed with the container
     * @throws IllegalStateException if nothing is configured under that name, or something that is wrong; the message says what to change
     */
    public <T> LatestState<T> open(String name, Decoder<T> decoder) {
        return open(name, decoder, builder -> {});
    }

    /**
     * Opens a state, with more than properties can say.
     *
     * @param name the name under {@code latest-state.states}
     * @param decoder turns payloads into values; is closed with the state
     * @param more is handed the builder, for example {@code builder -> builder.initial(NONE)}; called once, before this returns
     * @param <T> the type of the values
     * @return the state, which is closed with the container
     * @throws IllegalStateException if nothing is configured under that name, or something that is wrong; the message says what to change
     */
    public <T> LatestState<T> open(String name, Decoder<T> decoder, Consumer<LatestStateBuilder<T>> more) {
        try {
            StateConfig configured = StateConfig.of(config, name);
            LatestStateBuilder<T> builder = LatestState.builder(decoder);
            configured.applyTo(builder);
            subscribers.choose(builder, configured);
            more.accept(builder);
            LatestState<T> state = builder.open();
            opened.add(new Opened(state, configured.awaitReady()));
            return state;
        } catch (InvalidSettingException | SubscriberNotFoundException e) {
            throw new IllegalStateException("The latest state '" + name + "' cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The states that were opened so far, in that order. */
    List<Opened> opened() {
        return List.copyOf(opened);
    }

    /** Closes all states, the last one first. */
    void close() {
        opened.descendingIterator().forEachRemaining(one -> one.state().close());
    }
}
