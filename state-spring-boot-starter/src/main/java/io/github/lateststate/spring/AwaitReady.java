package io.github.lateststate.spring;

import io.github.lateststate.NotReadyException;
import io.github.lateststate.PlainText;
import io.github.lateststate.Status;
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
                await(opened, longest, longest.minusNanos(System.nanoTime() - begin));
            }
        }
        running = true;
    }

    /** On time-out names the state and the whole time, of which another state may have taken a part. */
    private static void await(LatestStates.Opened opened, Duration longest, Duration left) {
        try {
            opened.state().awaitReady(left);
        } catch (NotReadyException e) {
            if (e.reason() != NotReadyException.Reason.TIMEOUT) {
                throw e;
            }
            Status status = opened.state().status();
            throw new NotReadyException(
                    e.reason(),
                    "The latest state '" + opened.name() + "' is not ready after " + longest
                            + ", which is latest-state.states." + opened.name() + ".await-ready. The stream '"
                            + opened.state().stream() + "' is " + status.phase() + " since " + status.since() + ", "
                            + status.progress()
                            + status.lastError()
                                    .map(error -> ". Last error: " + PlainText.of(error) + ".")
                                    .orElse("."),
                    e.getCause());
        }
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
