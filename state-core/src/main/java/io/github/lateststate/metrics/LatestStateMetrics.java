package io.github.lateststate.metrics;

import io.github.lateststate.LatestState;
import io.github.lateststate.LookBackReport;
import io.github.lateststate.Origin;
import io.github.lateststate.Phase;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Measures a state: its age, the time since the last contact with the broker, its phase, what was accepted and rejected, and
 * what the look-back took.
 *
 * <pre>{@code
 * new LatestStateMetrics(state).bindTo(registry);
 * }</pre>
 *
 * <p>Every meter has the tag {@code stream}. Two states of one stream in one registry need another tag to tell them apart: of
 * two meters with the same name and tags a registry keeps the first. The random id of the instance is in no tag.
 *
 * <p>A registry refers to the state weakly: it does not keep it from being collected, and what is gone measures {@code NaN},
 * its counters what they came to. The phase says so when the state is closed; the ages are {@code NaN} then, so that nobody is
 * alarmed. {@link #close} takes the meters away; do so before another state of the same stream is bound.
 *
 * <p>Safe for use by several threads. Nothing here blocks, and a reader of the state is not slowed down by it.
 */
@SuppressWarnings("exports") // Micrometer is the caller's own: most callers do without it
public final class LatestStateMetrics implements MeterBinder, AutoCloseable {

    private static final double MILLIS_PER_SECOND = 1_000;

    private final LatestState<?> state;
    private final Tags tags;
    private final Queue<Meters<?>> bound = new ConcurrentLinkedQueue<>();

    /**
     * Measures a state, with the tag {@code stream} alone.
     *
     * @param state the state; stays the caller's to close
     */
    public LatestStateMetrics(LatestState<?> state) {
        this(state, Tags.empty());
    }

    /**
     * Measures a state, with tags of the caller's.
     *
     * @param state the state; stays the caller's to close
     * @param tags more tags for every meter; one named {@code stream} takes the place of the usual one
     */
    public LatestStateMetrics(LatestState<?> state, Iterable<Tag> tags) {
        this.state = state;
        this.tags = Tags.of("stream", state.stream()).and(tags);
    }

    /** Registers the meters. Ages are by the registry's clock. */
    @Override
    public void bindTo(MeterRegistry registry) {
        Clock clock = registry.config().clock();
        Meters<LatestState<?>> meters = new Meters<>(registry, state, tags);
        meters.seconds(
                "latest.state.age",
                "Since the timestamp of the record that the state is from",
                measured -> age(measured, measured.current().origin().flatMap(Origin::timestamp), clock));
        meters.seconds(
                "latest.state.contact.age",
                "Since the broker was asked the last question that the state is up to date with",
                measured -> age(measured, measured.status().lastContact(), clock));
        for (Phase phase : Phase.values()) {
            meters.gauge(
                    "latest.state.phase",
                    null,
                    Tags.of("phase", phase.name()),
                    "1 for the phase it is in, 0 for the others",
                    measured -> measured.status().phase() == phase ? 1 : 0);
        }
        meters.gauge(
                "latest.state.listeners.slow",
                null,
                Tags.empty(),
                "Listeners that have been running for more than 15 s",
                measured -> measured.status().slowListeners());
        meters.seconds(
                "latest.state.listeners.slowest",
                "Since the slowest of those was called",
                measured -> age(measured, measured.status().slowestListenerSince(), clock));
        meters.counter(
                "latest.state.updates",
                null,
                "Records that were accepted",
                measured -> measured.status().accepted());
        meters.counter(
                "latest.state.rejected",
                "records",
                "Records that could not be decoded",
                measured -> measured.status().rejected());
        meters.counter(
                "latest.state.passed.over",
                "records",
                "Records that are not for this state",
                measured -> measured.status().passedOver());
        meters.counter(
                "latest.state.reconnects",
                null,
                "Times it was live again after an interruption",
                measured -> measured.status().reconnects());
        meters.counter(
                "latest.state.listener.failures",
                null,
                "Times a listener threw",
                measured -> measured.status().listenerFailures());
        meters.seconds(
                "latest.state.lookback.duration",
                "What the search for the last record took",
                measured -> measured.status()
                        .lookBack()
                        .map(LatestStateMetrics::seconds)
                        .orElse(Double.NaN));
        meters.gauge(
                "latest.state.lookback.records",
                "records",
                Tags.empty(),
                "Records read by the search for the last one",
                measured -> measured.status()
                        .lookBack()
                        .map(lookBack -> (double) lookBack.recordsRead())
                        .orElse(Double.NaN));
        bound.add(meters);
    }

    /** Takes the meters out of the registries. The state stays as it is. */
    @Override
    public void close() {
        for (Meters<?> meters = bound.poll(); meters != null; meters = bound.poll()) {
            meters.remove();
        }
    }

    /** The producer's clock, or the broker's, may be ahead of ours. */
    private static double age(LatestState<?> measured, Optional<Instant> from, Clock clock) {
        if (from.isEmpty() || measured.status().phase() == Phase.CLOSED) {
            return Double.NaN;
        }
        return Math.max(0, clock.wallTime() - from.get().toEpochMilli()) / MILLIS_PER_SECOND;
    }

    private static double seconds(LookBackReport lookBack) {
        return lookBack.duration().toMillis() / MILLIS_PER_SECOND;
    }
}
