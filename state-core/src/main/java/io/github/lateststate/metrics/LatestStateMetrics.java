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
 * Measures a state: its age, the time since the last contact with the broker, its phase, the records that were accepted
 * and rejected, and the cost of the look-back.
 *
 * <pre>{@code
 * new LatestStateMetrics(state).bindTo(registry);
 * }</pre>
 *
 * <p>Every meter has the tag {@code stream}. If one registry holds two states of one stream, give them another tag: of
 * two meters with the same name and tags a registry keeps the first. No tag holds the random id of the instance.
 *
 * <p>A registry refers to the state weakly, so it does not prevent garbage collection. After collection the gauges are
 * {@code NaN} and the counters keep their last value. After the state is closed, the phase says so and the ages are
 * {@code NaN}, so that nobody is alarmed. {@link #close} removes the meters. Call it before you bind another state of
 * the same stream.
 *
 * <p>Safe for use by several threads. Nothing here blocks or slows down a reader of the state.
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
     * @param state the state; you still close it yourself
     */
    public LatestStateMetrics(LatestState<?> state) {
        this(state, Tags.empty());
    }

    /**
     * Measures a state, with your own tags.
     *
     * @param state the state; you still close it yourself
     * @param tags more tags for every meter; one named {@code stream} replaces the default one
     */
    public LatestStateMetrics(LatestState<?> state, Iterable<Tag> tags) {
        this.state = state;
        this.tags = Tags.of("stream", state.stream()).and(tags);
    }

    /** Registers the meters. Ages use the registry's clock. */
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

    /** Removes the meters from the registries. The state does not change. */
    @Override
    public void close() {
        for (Meters<?> meters = bound.poll(); meters != null; meters = bound.poll()) {
            meters.remove();
        }
    }

    /** The clock of the producer or the broker may be ahead of ours. */
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
