package io.github.lateststate.resource;

import io.github.lateststate.Current;
import java.time.Instant;
import java.util.Optional;

/**
 * How a resource is, at the moment it was asked for.
 *
 * @param phase what the loader is about
 * @param since when that phase was entered
 * @param serving the state that the resource in service stands for, which may be older than the state there is; empty if none
 *     is in service
 * @param servingSince when that resource was put into service
 * @param loads how many resources were put into service
 * @param loadFailures how many loads failed, each try counted
 * @param lastFailure the latest of them, kept after it has passed; {@code phase} says whether it has
 * @param leasesOpen how many leases are open, of superseded resources too
 */
public record ResourceStatus(
        LoadPhase phase,
        Instant since,
        Optional<Current<?>> serving,
        Optional<Instant> servingSince,
        long loads,
        long loadFailures,
        Optional<LoadFailure> lastFailure,
        long leasesOpen) {}
