package io.github.lateststate.resource;

import io.github.lateststate.Current;
import java.time.Instant;
import java.util.function.Consumer;

/** A resource that was loaded and is not disposed of yet. */
final class Held<R> {

    private final R resource;
    private final Current<?> current;
    private final Instant since;
    private final LeaseCount leases;
    private final Consumer<Held<R>> disposal;

    Held(R resource, Current<?> current, Instant since, LeaseCount leases, Consumer<Held<R>> disposal) {
        this.resource = resource;
        this.current = current;
        this.since = since;
        this.leases = leases;
        this.disposal = disposal;
    }

    R resource() {
        return resource;
    }

    /** The state that it was loaded from. */
    Current<?> current() {
        return current;
    }

    /** When it was put into service. */
    Instant since() {
        return since;
    }

    long leasesOpen() {
        return leases.open();
    }

    boolean tryLease() {
        return leases.tryLease();
    }

    void endLease() {
        if (leases.endLease()) {
            disposal.accept(this);
        }
    }

    void retire() {
        if (leases.retire()) {
            disposal.accept(this);
        }
    }
}
