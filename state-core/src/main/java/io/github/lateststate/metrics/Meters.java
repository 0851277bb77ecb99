package io.github.lateststate.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one source in one registry. The registry refers to the source weakly, so a function must not hold it.
 * Not safe for use by several threads.
 *
 * @param <S> the type of the source
 */
final class Meters<S> {

    private final MeterRegistry registry;
    private final S source;
    private final Tags tags;
    private final List<Meter> registered = new ArrayList<>();

    Meters(MeterRegistry registry, S source, Tags tags) {
        this.registry = registry;
        this.source = source;
        this.tags = tags;
    }

    void seconds(String name, String description, ToDoubleFunction<S> value) {
        registered.add(TimeGauge.builder(name, source, TimeUnit.SECONDS, value)
                .description(description)
                .tags(tags)
                .register(registry));
    }

    void gauge(String name, @Nullable String unit, Tags more, String description, ToDoubleFunction<S> value) {
        registered.add(Gauge.builder(name, source, value)
                .baseUnit(unit)
                .description(description)
                .tags(tags.and(more))
                .register(registry));
    }

    void counter(String name, @Nullable String unit, String description, ToDoubleFunction<S> value) {
        registered.add(FunctionCounter.builder(name, source, value)
                .baseUnit(unit)
                .description(description)
                .tags(tags)
                .register(registry));
    }

    void remove() {
        registered.forEach(registry::remove);
    }
}
