package io.github.lateststate.embedded;

import java.util.HashMap;
import java.util.Map;

/** The properties that all brokers of a {@link KafkaCluster} share. */
final class ClusterProperties {

    private ClusterProperties() {}

    /**
     * The defaults, and what replaces them.
     *
     * @throws IllegalArgumentException if a property is one that follows from the ports or the directory
     */
    static Map<String, String> with(Map<String, String> properties) {
        properties.keySet().forEach(BrokerSettings::requireSettable);
        Map<String, String> all = new HashMap<>(defaults());
        all.putAll(properties);
        return Map.copyOf(all);
    }

    private static Map<String, String> defaults() {
        return Map.ofEntries(
                Map.entry("default.replication.factor", "3"),
                Map.entry("min.insync.replicas", "2"),
                Map.entry("offsets.topic.replication.factor", "3"),
                Map.entry("transaction.state.log.replication.factor", "3"),
                Map.entry("transaction.state.log.min.isr", "2"),
                Map.entry("share.coordinator.state.topic.replication.factor", "3"),
                Map.entry("share.coordinator.state.topic.min.isr", "2"),
                // a lost controller is replaced as quickly as a lost broker is noticed
                Map.entry("controller.quorum.fetch.timeout.ms", "1500"),
                Map.entry("controller.quorum.election.timeout.ms", "1000"),
                Map.entry("controller.quorum.election.backoff.max.ms", "500"));
    }
}
