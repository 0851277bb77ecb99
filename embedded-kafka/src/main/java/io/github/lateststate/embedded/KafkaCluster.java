package io.github.lateststate.embedded;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * Three Kafka brokers, each also a controller, each in a child JVM, on 127.0.0.1. If one of them is lost, the other two go on.
 *
 * <p>Internal topics and topics created without a replication factor have three replicas. A record is acknowledged when two of them
 * have it. A lost broker is noticed within about three seconds.
 *
 * <p>All methods may be called from any thread. For each single broker they block and wait as those of {@link KafkaProcess} do.
 */
public final class KafkaCluster implements AutoCloseable {

    private static final int NODES = 3;

    private final DataDirectory directory;
    private final SortedMap<Integer, KafkaProcess> nodes = new TreeMap<>();

    private KafkaCluster(DataDirectory directory, Map<String, String> properties) {
        this.directory = directory;
        String clusterId = Uuid.randomUuid().toString();
        Map<Integer, Integer> controllers = new TreeMap<>();
        for (int id = 1; id <= NODES; id++) {
            controllers.put(id, Ports.free());
        }
        for (int id : controllers.keySet()) {
            Listener plain = new Listener(Listener.PLAIN, SecurityProtocol.PLAINTEXT, Ports.free(), Map.of());
            Path data = directory.path().resolve("node-" + id);
            nodes.put(
                    id,
                    new KafkaProcess(new BrokerSettings(
                            id, clusterId, DataDirectory.kept(data), List.of(plain), controllers, properties)));
        }
    }

    /**
     * Starts three brokers in a temporary directory and waits until all of them serve clients, which takes about five seconds.
     *
     * @return the running cluster
     * @throws BrokerNotStartedException if one of them could not start
     */
    public static KafkaCluster start() {
        return start(Map.of());
    }

    /**
     * Starts three brokers in a temporary directory and waits until all of them serve clients, which takes about five seconds.
     *
     * @param properties properties of every broker, in Kafka's own words, such as {@code offsets.topic.replication.factor}
     * @return the running cluster
     * @throws BrokerNotStartedException if one of them could not start
     * @throws IllegalArgumentException if a property is one that follows from the ports or the directory
     */
    public static KafkaCluster start(Map<String, String> properties) {
        properties.keySet().forEach(BrokerSettings::requireSettable);
        Map<String, String> all = new HashMap<>(defaults());
        all.putAll(properties);
        KafkaCluster cluster = new KafkaCluster(DataDirectory.of(null), Map.copyOf(all));
        try {
            // all at once: none is ready before two of them have agreed on a controller
            cluster.nodes.values().forEach(KafkaProcess::launch);
            cluster.nodes.values().forEach(KafkaProcess::awaitReady);
            return cluster;
        } catch (Throwable failure) {
            cluster.close();
            throw failure;
        }
    }

    /**
     * Returns where clients connect to: all the brokers, running or not.
     *
     * @return a value for {@code bootstrap.servers}
     */
    public String bootstrapServers() {
        return nodes.values().stream().map(KafkaProcess::bootstrapServers).collect(joining(","));
    }

    /**
     * Returns the node ids of the brokers, as a client's {@code Node.id()} returns them.
     *
     * @return the ids, running or not
     */
    public SortedSet<Integer> nodeIds() {
        return new TreeSet<>(nodes.keySet());
    }

    /**
     * Returns one of the brokers, for example to freeze it.
     *
     * @param nodeId its node id
     * @return the broker
     * @throws IllegalArgumentException if there is no such broker
     */
    public KafkaProcess node(int nodeId) {
        KafkaProcess node = nodes.get(nodeId);
        if (node == null) {
            throw new IllegalArgumentException("No broker has the id " + nodeId + ". There are: " + nodes.keySet());
        }
        return node;
    }

    /**
     * Kills one broker (SIGKILL) and waits for its end. Does nothing if it does not run.
     *
     * @param nodeId its node id
     * @throws IllegalArgumentException if there is no such broker
     */
    public void kill(int nodeId) {
        node(nodeId).kill();
    }

    /**
     * Starts one broker again and waits until it serves clients. Does nothing if it runs.
     *
     * @param nodeId its node id
     * @throws IllegalArgumentException if there is no such broker
     * @throws BrokerNotStartedException if it could not start, for instance because it is alone: two make a cluster
     */
    public void start(int nodeId) {
        node(nodeId).start();
    }

    /** Kills all the brokers and deletes their directory. Does nothing the second time. */
    @Override
    public void close() {
        nodes.values().forEach(KafkaProcess::kill);
        nodes.values().forEach(KafkaProcess::close);
        directory.deleteIfTemporary();
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
