package io.github.lateststate.spring;

import io.github.lateststate.Current;
import io.github.lateststate.LatestState;
import org.springframework.context.ApplicationEvent;
import org.springframework.core.ResolvableType;
import org.springframework.core.ResolvableTypeProvider;

/**
 * A latest state that is a bean has a value, or another one, or none any more. The first event comes when the context starts, if there is
 * a value by then.
 *
 * <pre>{@code
 * @EventListener
 * void onModel(LatestStateChangedEvent<ModelRef> event) { … }
 * }</pre>
 *
 * <p>Published on a thread of the state's executor, one at a time for each state. A listener that blocks delays the next event of this state
 * and nothing else; values that are superseded meanwhile are skipped.
 *
 * @param <T> the type of the value
 */
public final class LatestStateChangedEvent<T> extends ApplicationEvent implements ResolvableTypeProvider {

    private static final long serialVersionUID = 1L;

    /** The name of the bean. */
    private final String name;

    private final transient Current<? extends T> current;
    private final transient ResolvableType value;

    LatestStateChangedEvent(LatestState<?> state, String name, Current<? extends T> current, ResolvableType value) {
        super(state);
        this.name = name;
        this.current = current;
        this.value = value;
    }

    /**
     * Which state.
     *
     * @return the name of the bean
     */
    public String name() {
        return name;
    }

    /**
     * The value and the record it comes from.
     *
     * @return the state as it was when it changed; without a value if a tombstone took it away
     */
    public Current<? extends T> current() {
        return current;
    }

    /** The type of the event with that of the value, so that a listener receives the events of its own type only. */
    @Override
    public ResolvableType getResolvableType() {
        return ResolvableType.forClassWithGenerics(LatestStateChangedEvent.class, value);
    }
}
