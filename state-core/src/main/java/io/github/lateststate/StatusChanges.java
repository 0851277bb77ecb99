package io.github.lateststate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands each change of a status to its listeners. Changes are noted under the lock of the status: so their order is
 * that of the events, and no change is lost between a registration and the next change. The listeners are called
 * outside of that lock. Thread-safe.
 */
final class StatusChanges {

    /** What listeners receive when it changes. */
    private record Told(
            Phase phase,
            boolean ready,
            long rejected,
            @Nullable Throwable lastError) {

        static Told of(StatusFacts facts) {
            return new Told(facts.phase, facts.ready, facts.rejected, facts.lastError);
        }
    }

    private final List<StatusDelivery> listeners = new ArrayList<>();
    private @Nullable Told told;
    private boolean untold;

    synchronized void add(StatusDelivery listener, StatusFacts present) {
        told = Told.of(present);
        listener.add(present);
        listeners.add(listener);
    }

    synchronized void remove(Registration listener) {
        listeners.removeIf(listener::equals);
    }

    /** Notes the facts. Copies them only if a listener receives them. After CLOSED it delivers nothing. */
    synchronized void note(StatusFacts facts, Supplier<StatusFacts> copy) {
        if (listeners.isEmpty() || (told != null && told.phase() == Phase.CLOSED)) {
            return;
        }
        Told now = Told.of(facts);
        if (!now.equals(told)) {
            told = now;
            StatusFacts change = copy.get();
            listeners.forEach(listener -> listener.add(change));
            untold = true;
        }
    }

    /** Calls the listeners. Do not call it under a lock that readers need. */
    void tell() {
        List<StatusDelivery> due;
        synchronized (this) {
            if (!untold) {
                return;
            }
            untold = false;
            due = List.copyOf(listeners);
        }
        due.forEach(StatusDelivery::due);
    }
}
