package io.github.lateststate.benchmarks.latest;

import io.github.lateststate.benchmarks.kafka.FilledTopic;
import io.github.lateststate.benchmarks.report.Sample;
import java.util.Map;
import java.util.Objects;

/**
 * The results on one topic.
 *
 * @param topic the topic
 * @param samples milliseconds to the latest state
 */
record Measured(FilledTopic topic, Map<Peer, Sample> samples) {

    Sample of(Peer peer) {
        return Objects.requireNonNull(samples.get(peer));
    }

    double ratio(Peer peer, Peer to) {
        return of(peer).median() / of(to).median();
    }
}
