package io.github.lateststate.benchmarks.states;

import io.github.lateststate.benchmarks.followers.Usage;
import io.github.lateststate.benchmarks.kafka.BrokerRequests;

/**
 * The results of one JVM.
 *
 * @param what what it held
 * @param readySeconds from opening the first until all had their value
 * @param added the difference to the empty JVM
 * @param requests what the broker answered while nothing happened
 * @param cpuPercent of one core, while nothing happened
 */
record Opened(Rounds.What what, double readySeconds, Usage added, BrokerRequests.Span requests, double cpuPercent) {

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
