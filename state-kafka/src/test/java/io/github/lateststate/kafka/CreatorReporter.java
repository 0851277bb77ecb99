package io.github.lateststate.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;

/** Remembers which thread creates a client that gets it through {@code metric.reporters}. */
public final class CreatorReporter implements MetricsReporter {

    private static volatile @Nullable Thread creator;

    /** For the client that creates it. */
    public CreatorReporter() {}

    /** The thread that created the last client; empty if none was created. */
    static Optional<Thread> creator() {
        return Optional.ofNullable(creator);
    }

    @Override
    public void init(List<KafkaMetric> metrics) {}

    @Override
    public void metricChange(KafkaMetric metric) {}

    @Override
    public void metricRemoval(KafkaMetric metric) {}

    @Override
    public void configure(Map<String, ?> configs) {
        creator = Thread.currentThread();
    }

    @Override
    public void close() {}
}
