package io.github.lateststate.embedded;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable PeerNetwork network;

    private KafkaCluster(DataDirectory directory, Map<String, String> properties, List<NetworkProxy> proxies) {
        this.directory = directory;
        String clusterId = Uuid.randomUuid().toString();
        SortedMap<Integer, Integer> peerPorts = ports();
        SortedMap<Integer, Integer> controllerPorts = ports();
        this.network =
                proxies.isEmpty() ? null : new PeerNetwork(directory.path(), List.of(peerPorts, controllerPorts));
        Map<Integer, String> controllers = new TreeMap<>();
        controllerPorts.forEach((id, port) -> controllers.put(id, addressForPeers(id, port)));
        peerPorts.forEach((id, port) -> {
            List<Listener> listeners = new ArrayList<>();
            listeners.add(new Listener(Listener.PLAIN, SecurityProtocol.PLAINTEXT, Ports.free(), Map.of()));
            if (!proxies.isEmpty()) {
                listeners.add(Listener.behind(proxies.get(id - 1)));
            }
            if (network != null) {
                listeners.add(Listener.ofPeers(port, addressForPeers(id, port)));
            }
            DataDirectory data = DataDirectory.kept(directory.path().resolve("node-" + id));
            nodes.put(
                    id,
                    new KafkaProcess(
                            new BrokerSettings(id, clusterId, data, List.copyOf(listeners), controllers, properties),
                            network == null ? List.of() : List.of(network.jvmOption(id))));
        });
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
     * Starts three brokers in a temporary directory and waits until they all serve clients, which takes about five seconds.
     *
     * @return the running cluster
     * @throws BrokerNotStartedException if one of them could not start
     */
    public static KafkaCluster start() {
        return start(Map.of());
    }

    /**
     * Starts three brokers in a temporary directory and waits until they all serve clients, which takes about five seconds.
     *
     * @param properties properties of every broker, under Kafka's own names, such as {@code offsets.topic.replication.factor}
     * @return the running cluster
     * @throws BrokerNotStartedException if one of them could not start
     * @throws IllegalArgumentException if a property is one that follows from the ports or the directory
     */
    public static KafkaCluster start(Map<String, String> properties) {
        return start(properties, List.of());
    }

    /**
     * Starts three brokers as {@link #start()} does, each with a second listener that clients reach through a proxy. The brokers talk to
     * each other through proxies too, so that one of them can be cut off from the others with {@link #isolate}.
     *
     * <p>This needs a system on which all addresses that begin with 127 are this machine, such as Linux.
     *
     * @param proxies one for each broker, in the order of the node ids; they outlive the cluster
     * @return the running cluster, whose {@link #proxiedServers()} are the proxies
     * @throws BrokerNotStartedException if one of them could not start
     * @throws IllegalArgumentException if there are not three proxies
     */
    public static KafkaCluster startIsolable(List<NetworkProxy> proxies) {
        if (proxies.size() != NODES) {
            throw new IllegalArgumentException("Each of the " + NODES + " brokers needs a proxy of its own.");
        }
        return start(Map.of(), proxies);
    }

    private static KafkaCluster start(Map<String, String> properties, List<NetworkProxy> proxies) {
        KafkaCluster cluster = new KafkaCluster(DataDirectory.of(null), ClusterProperties.with(properties), proxies);
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
     * Returns where clients connect to through the proxies.
     *
     * @return a value for {@code bootstrap.servers}
     * @throws IllegalArgumentException if the cluster was started without proxies
     */
    public String proxiedServers() {
        return nodes.values().stream()
                .map(node -> node.bootstrapServers(Listener.PROXIED))
                .collect(joining(","));
    }

    /**
     * Cuts one broker off from the others, until {@link #rejoin}. Clients still reach it. If it leads a partition, the others choose
     * another leader within about five seconds, and the isolated one does not learn of it.
     *
     * @param nodeId its node id
     * @throws IllegalArgumentException if there is no such broker
     * @throws IllegalStateException if the cluster was not started with {@link #startIsolable}
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
     * @throws IllegalStateException if the cluster was not started with {@link #startIsolable}
     */
    public void rejoin(int nodeId) {
        node(nodeId);
        requireIsolable().rejoin(nodeId);
    }

    private PeerNetwork requireIsolable() {
        if (network == null) {
            throw new IllegalStateException("Brokers of this cluster cannot be isolated. Start it with startIsolable.");
        }
        return network;
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
        if (network != null) {
            network.close();
        }
        directory.deleteIfTemporary();
    }
}
