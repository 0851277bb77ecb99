package io.github.lateststate.resource;

import io.github.lateststate.Current;
import io.github.lateststate.Source;
import java.time.Instant;
import java.util.function.Consumer;

/** A resource that was loaded and is not disposed of yet. */
final class Held<T, R> {

    private final R resource;
    private final Instant since;
    private final LeaseCount leases;
    private final Consumer<Held<T, R>> disposal;
    private volatile Current<T> current;

    Held(R resource, Current<T> current, Instant since, LeaseCount leases, Consumer<Held<T, R>> disposal) {
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
    Current<T> current() {
        return current;
    }

    /**
     * Notes a newer state of the same record.
     *
     * @return whether it is one: the stream has the record of the snapshot, too
     */
    boolean isConfirmedBy(Current<T> next) {
        boolean confirmed =
                current.source() == Source.SNAPSHOT && current.origin().equals(next.origin());
        if (confirmed) {
            current = next;
        }
        return confirmed;
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
