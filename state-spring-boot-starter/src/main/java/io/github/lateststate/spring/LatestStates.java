package io.github.lateststate.spring;

import io.github.lateststate.Decoder;
import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import java.lang.reflect.Type;
import java.util.Queue;
import java.util.ServiceConfigurationError;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.ParameterizedTypeReference;

/**
 * Opens the states that are configured under {@code latest-state.states}.
 *
 * <pre>{@code
 * @Bean
 * LatestState<ModelRef> model(LatestStates states) {
 *     return states.json("model", ModelRef.class);
 * }
 * }</pre>
 *
 * <p>Each call opens another state. It is closed with the application's context, also if it is not a bean. Health, metrics and events are
 * those of the beans. No call waits for the broker; {@code await-ready} makes the start of the context wait, once all beans exist.
 *
 * <p>Each method throws an {@code IllegalStateException} that names the state and the reason if it cannot be opened. Safe for use by
 * several threads.
 */
public final class LatestStates implements AutoCloseable {

    /** A state that this has opened, the name under which it is configured, and what is configured there. */
    record Opened(String name, LatestState<?> state, StateProperties properties) {}

    private final LatestStateProperties properties;
    private final StateSources sources;
    private final BeanFactory beans;
    private final Queue<Opened> opened = new ConcurrentLinkedQueue<>();

    LatestStates(LatestStateProperties properties, StateSources sources, BeanFactory beans) {
        this.properties = properties;
        this.sources = sources;
        this.beans = beans;
    }

    /**
     * Opens a state whose records are JSON. The application's own Jackson mapper decodes them, if it has one.
     *
     * @param name the name under {@code latest-state.states}
     * @param type the class of the values, for example a record
     * @param <T> the type of the values
     * @return the state
     */
    public <T> LatestState<T> json(String name, Class<T> type) {
        return open(name, decoder(name, type));
    }

    /**
     * Opens a state whose records are JSON, with more than properties can say.
     *
     * @param name the name under {@code latest-state.states}
     * @param type the class of the values, for example a record
     * @param more is handed the builder, for example {@code builder -> builder.initial(NONE)}; called once, before this returns
     * @param <T> the type of the values
     * @return the state
     */
    public <T> LatestState<T> json(String name, Class<T> type, Consumer<LatestStateBuilder<T>> more) {
        return open(name, decoder(name, type), more);
    }

    /**
     * Opens a state whose records are JSON of a generic type.
     *
     * @param name the name under {@code latest-state.states}
     * @param type the type, for example {@code new ParameterizedTypeReference<Map<String, Integer>>() {}}
     * @param <T> the type of the values
     * @return the state
     */
    public <T> LatestState<T> json(String name, ParameterizedTypeReference<T> type) {
        return open(name, decoder(name, type.getType()));
    }

    /**
     * Opens a state.
     *
     * @param name the name under {@code latest-state.states}
     * @param decoder turns payloads into values; is closed with the state
     * @param <T> the type of the values
     * @return the state
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
     * @return the state
     */
    public <T> LatestState<T> open(String name, Decoder<T> decoder, Consumer<LatestStateBuilder<T>> more) {
        try {
            StateProperties configured = configured(name);
            LatestStateBuilder<T> builder = LatestState.builder(decoder);
            sources.set(builder, name, configured);
            if (configured.key() != null) {
                builder.key(configured.key());
            }
            more.accept(builder);
            LatestState<T> state = builder.open();
            opened.add(new Opened(name, state, configured));
            return state;
        } catch (InvalidSettingException | IllegalStateException | ServiceConfigurationError | LinkageError e) {
            throw new StateNotOpenedException(name, e);
        }
    }

    /** The states that were opened so far, in that order. */
    Iterable<Opened> opened() {
        return opened;
    }

    /** Closes all states that are not closed yet. The context calls it. */
    @Override
    public void close() {
        opened.forEach(one -> one.state().close());
    }

    private <T> Decoder<T> decoder(String name, Type type) {
        try {
            return JsonDecoders.of(type, beans);
        } catch (JacksonMissingException e) {
            throw new StateNotOpenedException(name, e);
        }
    }

    private StateProperties configured(String name) {
        StateProperties configured = properties.states().get(name);
        if (configured == null) {
            throw new InvalidSettingException(
                    "latest-state.states." + name,
                    "nothing is configured under latest-state.states." + name + "; there are: "
                            + properties.states().keySet());
        }
        return configured;
    }
}
