package io.github.lateststate.kafka;

import java.util.List;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/** Gets into a client through {@code metric.reporters}, to see how it is created. It reports no metric. */
abstract class ConfiguredReporter implements MetricsReporter {

    @Override
    public void init(List<KafkaMetric> metrics) {}

    @Override
    public void metricChange(KafkaMetric metric) {}

    @Override
    public void metricRemoval(KafkaMetric metric) {}

    @Override
    public void close() {}
}
