package io.github.lateststate.reliability;

import io.github.lateststate.embedded.KafkaCluster;
import io.github.lateststate.embedded.NetworkProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Three brokers in processes of their own, and a network between each of them and the states. */
final class Cluster implements Brokers {

    private static final int NODES = 3;
    private static final Duration LONG = Duration.ofSeconds(40);

    private final List<NetworkProxy> networks =
            Stream.generate(NetworkProxy::start).limit(NODES).toList();
    private final KafkaCluster kafka = KafkaCluster.startIsolable(networks);

    @Override
    public String writersAddress() {
        return kafka.bootstrapServers();
    }

    @Override
    public String statesAddress() {
        return kafka.proxiedServers();
    }

    @Override
    public short replicas() {
        return 3;
    }

    @Override
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>(NetworkFaults.of("network to all brokers", networks));
        for (int node : kafka.nodeIds()) {
            faults.addAll(NetworkFaults.of("network to broker " + node, List.of(networks.get(node - 1))));
            faults.add(new Fault(
                    "broker " + node + " killed",
                    Fault.Kind.BROKER,
                    LONG,
                    () -> kafka.kill(node),
                    () -> kafka.start(node)));
            faults.add(new Fault(
                    "broker " + node + " frozen",
                    Fault.Kind.BROKER,
                    LONG,
                    () -> kafka.node(node).freeze(),
                    () -> kafka.node(node).resume()));
            faults.add(new Fault(
                    "broker " + node + " isolated",
                    Fault.Kind.ISOLATION,
                    LONG,
                    () -> kafka.isolate(node),
                    () -> kafka.rejoin(node)));
        }
        return faults;
    }

    @Override
    public int connections() {
        return networks.stream().mapToInt(NetworkProxy::connections).sum();
    }

    @Override
    public void close() {
        kafka.close();
        networks.forEach(NetworkProxy::close);
    }
}
