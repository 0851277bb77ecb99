package io.github.lateststate.reliability;

import io.github.lateststate.embedded.KafkaProcess;
import io.github.lateststate.embedded.NetworkProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One broker in a process of its own, and a network between it and the states. */
final class SingleBroker implements Brokers {

    private static final Duration LONG = Duration.ofSeconds(40);

    private final NetworkProxy network = NetworkProxy.start();
    private final KafkaProcess kafka = KafkaProcess.builder().behind(network).start();

    @Override
    public String writersAddress() {
        return kafka.bootstrapServers();
    }

    @Override
    public String statesAddress() {
        return network.address();
    }

    @Override
    public short replicas() {
        return 1;
    }

    @Override
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>(NetworkFaults.of("network", List.of(network)));
        faults.add(new Fault("broker killed", Fault.Kind.BROKER, LONG, kafka::kill, kafka::start));
        faults.add(new Fault("broker frozen", Fault.Kind.BROKER, LONG, kafka::freeze, kafka::resume));
        return faults;
    }

    @Override
    public int connections() {
        return network.connections();
    }

    @Override
    public void close() {
        kafka.close();
        network.close();
    }
}
