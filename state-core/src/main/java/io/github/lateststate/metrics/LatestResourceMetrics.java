package io.github.lateststate.metrics;

import io.github.lateststate.resource.LatestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Measures a resource: its loads, its failed loads, and its open leases. The state behind it has its own
 * {@link LatestStateMetrics}.
 *
 * <pre>{@code
 * new LatestResourceMetrics(models).bindTo(registry);
 * }</pre>
 *
 * <p>Tags, closing and garbage collection work as in that class. The leases of a closed resource are counted until the
 * last one is closed.
 *
 * <p>Safe for use by several threads. Nothing here blocks.
 */
@SuppressWarnings("exports") // Micrometer is the caller's own: most callers do without it
public final class LatestResourceMetrics implements MeterBinder, AutoCloseable {

    private final LatestResource<?, ?> resource;
    private final Tags tags;
    private final Queue<Meters<?>> bound = new ConcurrentLinkedQueue<>();

    /**
     * Measures a resource, with the tag {@code stream} alone.
     *
     * @param resource the resource; you still close it yourself
     */
    public LatestResourceMetrics(LatestResource<?, ?> resource) {
        this(resource, Tags.empty());
    }

    /**
     * Measures a resource, with your own tags.
     *
     * @param resource the resource; you still close it yourself
     * @param tags more tags for every meter; one named {@code stream} replaces the default one
     */
    public LatestResourceMetrics(LatestResource<?, ?> resource, Iterable<Tag> tags) {
        this.resource = resource;
        this.tags = Tags.of("stream", resource.stream()).and(tags);
    }

    /** Registers the meters. */
    @Override
    public void bindTo(MeterRegistry registry) {
        Meters<LatestResource<?, ?>> meters = new Meters<>(registry, resource, tags);
        meters.counter(
                "latest.resource.loads",
                null,
                "Resources that were put into service",
                measured -> measured.status().loads());
        meters.counter(
                "latest.resource.load.failures",
                null,
                "Loads that failed, each try counted",
                measured -> measured.status().loadFailures());
        meters.gauge(
                "latest.resource.leases.open",
                null,
                Tags.empty(),
                "Leases that are open",
                measured -> measured.status().leasesOpen());
        bound.add(meters);
    }

    /** Removes the meters from the registries. The resource does not change. */
    @Override
    public void close() {
        for (Meters<?> meters = bound.poll(); meters != null; meters = bound.poll()) {
            meters.remove();
        }
    }
}
