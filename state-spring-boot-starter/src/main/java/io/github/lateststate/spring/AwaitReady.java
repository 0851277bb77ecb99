package io.github.lateststate.spring;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** Holds the start of the context until the states that say so are ready, before a web server or a message listener starts. */
final class AwaitReady implements SmartLifecycle {

    /** After {@link StateEvents}. */
    static final int PHASE = StateEvents.PHASE + 1;

    private final LatestStates states;
    private volatile boolean running;

    AwaitReady(LatestStates states) {
        this.states = states;
    }

    /** Waits for all at the same time, each as long as configured. */
    @Override
    public void start() {
        long begin = System.nanoTime();
        for (LatestStates.Opened opened : states.opened()) {
            Duration longest = opened.properties().awaitReady();
            if (longest != null) {
                opened.state().awaitReady(longest.minusNanos(System.nanoTime() - begin));
            }
        }
        running = true;
    }

    @Override
    public void stop() {
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
