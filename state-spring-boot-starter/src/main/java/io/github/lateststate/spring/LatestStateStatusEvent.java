package io.github.lateststate.spring;

import io.github.lateststate.LatestState;
import io.github.lateststate.Status;
import org.springframework.context.ApplicationEvent;

/**
 * The phase, readiness, last error or number of rejections of a latest state that is a bean has changed. The first event comes when the
 * context starts. The end of the context publishes none.
 *
 * <p>Published on a thread of the state's executor, one at a time for each state, in order.
 */
public final class LatestStateStatusEvent extends ApplicationEvent {

    private static final long serialVersionUID = 1L;

    /** The name of the bean. */
    private final String name;

    private final transient Status status;

    LatestStateStatusEvent(LatestState<?> state, String name, Status status) {
        super(state);
        this.name = name;
        this.status = status;
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
     * How fresh the state is.
     *
     * @return the status as it was when it changed
     */
    public Status status() {
        return status;
    }
}
