package io.github.lateststate.resource;

import io.github.lateststate.LatestState;
import io.github.lateststate.retry.Backoff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Describes a resource and opens it. Not safe for use by several threads at once.
 *
 * @param <T> the type of the state's value
 * @param <R> the type of the resource
 */
public final class LatestResourceBuilder<T, R> {

    private final LatestState<T> state;
    private final Loader<? super T, ? extends R> loader;
    private final Disposer<? super R> disposer;
    private Validator<? super R> validator = resource -> {};
    private Duration firstPause = Duration.ofSeconds(1);
    private Duration longestPause = Duration.ofMinutes(1);
    private @Nullable LongSupplier leakClock;
    private InstantSource clock = InstantSource.system();

    LatestResourceBuilder(LatestState<T> state, Loader<? super T, ? extends R> loader, Disposer<? super R> disposer) {
        this.state = Objects.requireNonNull(state, "state");
        this.loader = Objects.requireNonNull(loader, "loader");
        this.disposer = Objects.requireNonNull(disposer, "disposer");
    }

    /**
     * Tries each resource out before any reader gets it.
     *
     * @param check throws to reject a resource
     * @return this
     */
    public LatestResourceBuilder<T, R> validator(Validator<? super R> check) {
        this.validator = Objects.requireNonNull(check, "validator");
        return this;
    }

    /**
     * Says how long to pause before a failed load is tried again: doubled from try to try, and between half and the whole of
     * that at random. A newer value is loaded without a pause.
     *
     * @param first the first pause, 1 s unless told
     * @param longest the longest, 1 min unless told
     * @return this
     * @throws IllegalArgumentException if the first is not positive, or longer than the longest
     */
    public LatestResourceBuilder<T, R> retry(Duration first, Duration longest) {
        if (first.isNegative() || first.isZero() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException(
                    "The first pause must be positive and no longer than the longest: " + first + ", " + longest);
        }
        this.firstPause = first;
        this.longestPause = longest;
        return this;
    }

    /**
     * Reports leases that are lost: when the garbage collector finds one that was never closed, the log says where it was
     * taken, at most every ten seconds. For tests and for the hunt: each {@code acquire} then captures a stack trace, which
     * costs some microseconds. Its resource stays undisposed, as somebody may be using it yet.
     *
     * @return this
     */
    public LatestResourceBuilder<T, R> reportLeaks() {
        return reportLeaks(System::nanoTime);
    }

    /** The same with a clock of the caller's, in nanoseconds. */
    LatestResourceBuilder<T, R> reportLeaks(LongSupplier nanoTime) {
        this.leakClock = nanoTime;
        return this;
    }

    LatestResourceBuilder<T, R> clock(InstantSource source) {
        this.clock = source;
        return this;
    }

    /**
     * Starts to load, and to follow the state. Returns at once.
     *
     * @return the resource; the caller closes it
     */
    public LatestResource<T, R> open() {
        LoadBoard<T> board = new LoadBoard<>(clock);
        Slot<T, R> slot = new Slot<>();
        Disposals<T, R> disposals = new Disposals<>(state.stream(), disposer);
        Backoff backoff = new Backoff(
                firstPause, longestPause, () -> ThreadLocalRandom.current().nextDouble());
        LoadLoop<T, R> loop = new LoadLoop<>(state.stream(), loader, validator, slot, disposals, board, backoff, clock);
        LeakReport leaks = leakClock == null ? null : new LeakReport(state.stream(), leakClock);
        return LoadedResource.open(state, slot, disposals, board, loop, leaks);
    }
}
