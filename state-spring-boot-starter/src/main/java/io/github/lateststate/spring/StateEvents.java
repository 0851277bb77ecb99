package io.github.lateststate.spring;

import io.github.lateststate.LatestState;
import io.github.lateststate.Registration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.ResolvableType;

/** Publishes the changes of all states that are beans, from the start of the context until it stops. */
final class StateEvents implements SmartLifecycle {

    /** Early at the start, and late at the end: whatever handles requests and messages still receives events while it stops. */
    static final int PHASE = Integer.MIN_VALUE + 1_000;

    private final StateBeans beans;
    private final ApplicationEventPublisher publisher;
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    StateEvents(StateBeans beans, ApplicationEventPublisher publisher) {
        this.beans = beans;
        this.publisher = publisher;
    }

    @Override
    public void start() {
        running = true;
        beans.states().forEach(this::follow);
    }

    private void follow(String name, LatestState<?> state) {
        ResolvableType value = beans.valueOf(name);
        registrations.add(state.listen(
                current -> publisher.publishEvent(new LatestStateChangedEvent<>(state, name, current, value))));
        registrations.add(
                state.listenStatus(status -> publisher.publishEvent(new LatestStateStatusEvent(state, name, status))));
    }

    @Override
    public void stop() {
        registrations.forEach(Registration::close);
        registrations.clear();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
