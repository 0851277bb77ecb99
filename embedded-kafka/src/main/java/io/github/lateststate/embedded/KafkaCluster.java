package io.github.lateststate.embedded;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Three Kafka brokers, each also a controller, each in a child JVM, on 127.0.0.1. One of them can be lost and the other two go on.
 *
 * <p>Internal topics and topics created without a replication factor have three replicas, of which two must have a record before it is
 * acknowledged. A lost broker is noticed within about three seconds.
 *
 * <p>Methods may be called from any thread; what {@link KafkaProcess} says of them holds for each broker on its own.
 */
public final class KafkaCluster implements AutoCloseable {

    private static final int NODES = 3;

    private enum Peers {
        ALWAYS_REACH_EACH_OTHER,
        CAN_BE_ISOLATED
    }

    private final DataDirectory directory;
    private final SortedMap<Integer, KafkaProcess> nodes = new TreeMap<>();
    private final SortedMap<Integer, NetworkProxy> proxies = new TreeMap<>();
    private @Nullable PeerNetwork network;

    private KafkaCluster(DataDirectory directory, Map<String, String> properties, Peers peers) {
        this.directory = directory;
        String clusterId = Uuid.randomUuid().toString();
        SortedMap<Integer, Integer> peerPorts = ports();
        SortedMap<Integer, Integer> controllerPorts = ports();
        if (peers == Peers.CAN_BE_ISOLATED) {
            network = new PeerNetwork(directory.path(), List.of(peerPorts, controllerPorts));
            controllerPorts.keySet().forEach(id -> proxies.put(id, NetworkProxy.start()));
        }
        Map<Integer, String> controllers = new TreeMap<>();
        controllerPorts.forEach((id, port) -> controllers.put(id, addressForPeers(id, port)));
        for (int id : controllers.keySet()) {
            List<Listener> listeners = new ArrayList<>();
            listeners.add(new Listener(Listener.PLAIN, SecurityProtocol.PLAINTEXT, Ports.free(), Map.of()));
            NetworkProxy proxy = proxies.get(id);
            if (proxy != null) {
                listeners.add(Listener.behind(proxy));
                int port = Objects.requireNonNull(peerPorts.get(id), "each node has one");
                listeners.add(Listener.ofPeers(port, addressForPeers(id, port)));
            }
            DataDirectory data = DataDirectory.kept(directory.path().resolve("node-" + id));
            nodes.put(
                    id,
                    new KafkaProcess(
                            new BrokerSettings(id, clusterId, data, List.copyOf(listeners), controllers, properties),
                            network == null ? List.of() : List.of(network.jvmOption(id))));
        }
    }

    private static SortedMap<Integer, Integer> ports() {
        SortedMap<Integer, Integer> ports = new TreeMap<>();
        for (int id = 1; id <= NODES; id++) {
            ports.put(id, Ports.free());
        }
        return ports;
    }

    private String addressForPeers(int id, int port) {
        return network == null ? Ports.address(port) : PeerNetwork.name(id) + ":" + port;
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
        return start(properties, Peers.ALWAYS_REACH_EACH_OTHER);
    }

    /**
     * Starts three brokers as {@link #start()} does, of which one can be cut off from the others with {@link #isolate}. Clients connect
     * to {@link #bootstrapServers()} directly, or to {@link #proxiedBootstrapServers()} through one {@link #proxy} a broker.
     *
     * <p>This needs a system on which all addresses that begin with 127 are this machine, such as Linux.
     *
     * @return the running cluster
     * @throws BrokerNotStartedException if one of them could not start
     */
    public static KafkaCluster startIsolable() {
        return start(Map.of(), Peers.CAN_BE_ISOLATED);
    }

    private static KafkaCluster start(Map<String, String> properties, Peers peers) {
        properties.keySet().forEach(BrokerSettings::requireSettable);
        Map<String, String> all = new HashMap<>(defaults());
        all.putAll(properties);
        KafkaCluster cluster = new KafkaCluster(DataDirectory.of(null), Map.copyOf(all), peers);
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
     * Returns where clients connect to that go through the proxies: all the brokers, running or not.
     *
     * @return a value for {@code bootstrap.servers}
     * @throws IllegalStateException if the cluster was not started with {@link #startIsolable()}
     */
    public String proxiedBootstrapServers() {
        requireIsolable();
        return proxies.values().stream().map(NetworkProxy::address).collect(joining(","));
    }

    /**
     * Returns the proxy through which the clients of {@link #proxiedBootstrapServers()} reach one broker.
     *
     * @param nodeId its node id
     * @return the proxy, which the cluster closes
     * @throws IllegalArgumentException if there is no such broker
     * @throws IllegalStateException if the cluster was not started with {@link #startIsolable()}
     */
    public NetworkProxy proxy(int nodeId) {
        requireIsolable();
        node(nodeId);
        return Objects.requireNonNull(proxies.get(nodeId));
    }

    /**
     * Cuts one broker off from the others, until {@link #rejoin}. Clients still reach it. If it leads a partition, the others choose
     * another leader within about five seconds, and the isolated one does not learn of it.
     *
     * @param nodeId its node id
     * @throws IllegalArgumentException if there is no such broker
     * @throws IllegalStateException if the cluster was not started with {@link #startIsolable()}
     */
    public void isolate(int nodeId) {
        node(nodeId);
        requireIsolable().isolate(nodeId);
    }

    /**
     * Ends the isolation of one broker. Does nothing if it is not isolated.
     *
     * @param nodeId its node id
     * @throws IllegalArgumentException if there is no such broker
     * @throws IllegalStateException if the cluster was not started with {@link #startIsolable()}
     */
    public void rejoin(int nodeId) {
        node(nodeId);
        requireIsolable().rejoin(nodeId);
    }

    private PeerNetwork requireIsolable() {
        PeerNetwork isolable = network;
        if (isolable == null) {
            throw new IllegalStateException(
                    "Brokers of this cluster cannot be isolated. Start it with startIsolable().");
        }
        return isolable;
    }

    /**
     * Returns the node ids of the brokers, as a client's {@code Node.id()} says them.
     *
     * @return the ids, running or not
     */
    public SortedSet<Integer> nodeIds() {
        return new TreeSet<>(nodes.keySet());
    }

    /**
     * Returns one of the brokers, for whatever can be done to one alone.
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
        proxies.values().forEach(NetworkProxy::close);
        if (network != null) {
            network.close();
        }
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
