package io.github.lateststate.reliability;

import io.github.lateststate.embedded.KafkaCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Three brokers in processes of their own. */
final class Cluster implements Brokers {

    private static final Duration LONG = Duration.ofSeconds(40);

    private final KafkaCluster kafka = KafkaCluster.start();

    @Override
    public String writersAddress() {
        return kafka.bootstrapServers();
    }

    @Override
    public String statesAddress() {
        return kafka.bootstrapServers();
    }

    @Override
    public short replicas() {
        return 3;
    }

    @Override
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (int node : kafka.nodeIds()) {
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
        }
        return faults;
    }

    @Override
    public int connections() {
        return 0;
    }

    @Override
    public void close() {
        kafka.close();
    }
}
