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
    private record Reported(Phase phase, boolean ready, long rejected, String errorKind) {

        static Reported of(StatusFacts facts) {
            return new Reported(facts.phase, facts.ready, facts.rejected, facts.errorKind);
        }
    }

    private final List<StatusDelivery> listeners = new ArrayList<>();
    private @Nullable Reported reported;
    private boolean unreported;

    synchronized void add(StatusDelivery listener, StatusFacts present) {
        reported = Reported.of(present);
        listener.add(present);
        listeners.add(listener);
    }

    synchronized void remove(Registration listener) {
        listeners.removeIf(listener::equals);
    }

    /** Notes the facts. Copies them only if a listener receives them. After CLOSED it delivers nothing. */
    synchronized void note(StatusFacts facts, Supplier<StatusFacts> copy) {
        if (listeners.isEmpty() || (reported != null && reported.phase() == Phase.CLOSED)) {
            return;
        }
        Reported now = Reported.of(facts);
        if (!now.equals(reported)) {
            reported = now;
            StatusFacts change = copy.get();
            listeners.forEach(listener -> listener.add(change));
            unreported = true;
        }
    }

    /** Calls the listeners. Do not call it under a lock that readers need. */
    void notifyListeners() {
        List<StatusDelivery> due;
        synchronized (this) {
            if (!unreported) {
                return;
            }
            unreported = false;
            due = List.copyOf(listeners);
        }
        due.forEach(StatusDelivery::due);
    }
}
