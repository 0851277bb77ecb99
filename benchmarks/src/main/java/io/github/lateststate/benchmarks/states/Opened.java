package io.github.lateststate.benchmarks.states;

import io.github.lateststate.benchmarks.followers.Usage;
import io.github.lateststate.benchmarks.followers.Way;
import java.util.Map;

/**
 * The results of one JVM.
 *
 * @param way how the topics were followed
 * @param count how many states it held
 * @param oneTopic whether all followed one topic
 * @param readySeconds from opening the first until all had their value
 * @param added the difference to the empty JVM
 * @param requests how many the broker answered while nothing happened, by type
 * @param requestsPerSecond the same, of all types and a second
 * @param cpuPercent of one core, while nothing happened
 */
record Opened(
        Way way,
        int count,
        boolean oneTopic,
        double readySeconds,
        Usage added,
        Map<String, Long> requests,
        double requestsPerSecond,
        double cpuPercent) {

    double threads() {
        return added.threadCount();
    }

    double sockets() {
        return added.sockets();
    }

    double heapMebibytes() {
        return (double) added.heapBytes() / (1 << 20);
    }
}
