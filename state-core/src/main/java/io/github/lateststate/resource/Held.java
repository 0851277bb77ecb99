package io.github.lateststate.resource;

import io.github.lateststate.Current;
import io.github.lateststate.Origin;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** A resource that was loaded and is not disposed of yet. */
final class Held<R> {

    private final R resource;
    private final Instant since;
    private final LeaseCount leases;
    private final Consumer<Held<R>> disposal;
    private volatile Current<?> current;

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

    /**
     * Takes note of a newer state of the same record.
     *
     * @return whether it is one: a snapshot's record that the stream has, too
     */
    boolean isConfirmedBy(Current<?> next) {
        boolean confirmed = current.isFromSnapshot()
                && current.origin().map(Held::place).equals(next.origin().map(Held::place));
        if (confirmed) {
            current = next;
        }
        return confirmed;
    }

    /** Without key and headers, which are other objects each time they are read. */
    private static List<Object> place(Origin origin) {
        return List.of(origin.partition(), origin.position(), origin.timestamp());
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
