package io.github.lateststate.benchmarks.instances;

import io.github.lateststate.benchmarks.followers.Way;
import io.github.lateststate.benchmarks.report.Sample;
import java.util.List;
import java.util.Map;

/**
 * The results of one way.
 *
 * @param way how the topic was followed
 * @param readySeconds of each instance, from the moment the first was opened
 * @param startRequests what the broker answered until all were ready, by type
 * @param startBrokerCpuSeconds the processor time that the broker took for that
 * @param idleRequests what it answered while nothing happened, by type
 * @param idleRequestsPerSecond the same, of all types and a second
 * @param updateMillis for each update and instance, from sending until it could be read there
 */
record Herd(
        Way way,
        Sample readySeconds,
        Map<String, Long> startRequests,
        double startBrokerCpuSeconds,
        Map<String, Long> idleRequests,
        double idleRequestsPerSecond,
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

    double requestsToStart() {
        return startRequests.values().stream().mapToLong(Long::longValue).sum();
    }

    double requestsOfEachToStart() {
        return requestsToStart() / instances();
    }

    double idleRequestsPerSecondOfEach() {
        return idleRequestsPerSecond / instances();
    }
}
