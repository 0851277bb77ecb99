package io.github.lateststate.resource;

import io.github.lateststate.Current;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a resource serves and loads, at the moment of the call. Immutable. Two instances are equal if all their parts
 * are equal.
 *
 * @param <T> the type of the state's value
 * @apiNote Later versions may add methods.
 */
public final class ResourceStatus<T> {

    private final Loads<T> loads;
    private final Optional<Current<T>> serving;
    private final Optional<Instant> servingSince;
    private final long leasesOpen;

    /** The history of the loads. */
    record Loads<T>(LoadPhase phase, Instant since, long done, long failed, Optional<LoadFailure<T>> lastFailure) {}

    ResourceStatus(Loads<T> loads, @Nullable Held<T, ?> serving, long leasesOpen) {
        this.loads = loads;
        this.serving = Optional.ofNullable(serving).map(Held::current);
        this.servingSince = Optional.ofNullable(serving).map(Held::since);
        this.leasesOpen = leasesOpen;
    }

    /**
     * What the loader is doing.
     *
     * @return the phase
     */
    public LoadPhase phase() {
        return loads.phase();
    }

    /**
     * When that phase was entered.
     *
     * @return the time, by the wall clock
     */
    public Instant since() {
        return loads.since();
    }

    /**
     * The state that the resource in service was loaded from. It may be older than the current state.
     *
     * @return the state; empty if no resource is in service
     */
    public Optional<Current<T>> serving() {
        return serving;
    }

    /**
     * When that resource was put into service.
     *
     * @return the time, by the wall clock; empty if no resource is in service
     */
    public Optional<Instant> servingSince() {
        return servingSince;
    }

    /**
     * How many resources were put into service.
     *
     * @return the number since {@code open()}
     */
    public long loads() {
        return loads.done();
    }

    /**
     * How many loads failed. Each try counts.
     *
     * @return the number since {@code open()}
     */
    public long loadFailures() {
        return loads.failed();
    }

    /**
     * The latest load that failed. It stays after the trouble has passed; {@link #phase()} says whether it has.
     *
     * @return the failure; empty if there was none
     */
    public Optional<LoadFailure<T>> lastFailure() {
        return loads.lastFailure();
    }

    /**
     * How many leases are open, including those of superseded resources.
     *
     * @return the number now
     */
    public long leasesOpen() {
        return leasesOpen;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResourceStatus<?> that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    /** The phase, since when, and what is in service, on one line; never the value. */
    @Override
    public String toString() {
        return phase() + " since " + since() + ", in service: "
                + serving.map(LoadFailure::recordOf).orElse("nothing");
    }

    private List<Object> parts() {
        return List.of(loads, serving, servingSince, leasesOpen);
    }
}
