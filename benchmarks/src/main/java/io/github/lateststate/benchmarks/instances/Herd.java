package io.github.lateststate.benchmarks.instances;

import io.github.lateststate.benchmarks.followers.Way;
import io.github.lateststate.benchmarks.kafka.BrokerRequests;
import io.github.lateststate.benchmarks.report.Sample;
import java.util.List;

/**
 * The results of one way.
 *
 * @param way how the topic was followed
 * @param readySeconds of each instance, from the moment the first was opened
 * @param start what the broker answered until all were ready
 * @param startBrokerCpuSeconds the processor time that the broker took for that
 * @param idle what it answered while nothing happened
 * @param updateMillis for each update and instance, from sending until it could be read there
 */
record Herd(
        Way way,
        Sample readySeconds,
        BrokerRequests.Span start,
        double startBrokerCpuSeconds,
        BrokerRequests.Span idle,
        List<Sample> updateMillis) {

    /** Returns when this percentage of the instances had an update, as the median of all updates. */
    double updateMillis(double percentOfInstances) {
        return Sample.of(updateMillis.stream()
                        .map(update -> update.percentile(percentOfInstances))
                        .toList())
                .median();
    }

    int instances() {
        return readySeconds.size();
    }

    double requestsOfEachToStart() {
        return (double) start.total() / instances();
    }

    double idleRequestsPerSecondOfEach() {
        return idle.perSecond() / instances();
    }
}
