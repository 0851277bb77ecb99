package io.github.lateststate.reliability;

import io.github.lateststate.embedded.KafkaProcess;
import io.github.lateststate.embedded.NetworkProxy;
import java.time.Duration;
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
        return List.of(
                new Fault("network cut", Fault.Kind.NETWORK, LONG, network::cut, network::heal),
                new Fault("new connections refused", Fault.Kind.NETWORK, LONG, network::refuse, network::heal),
                new Fault("network held back", Fault.Kind.NETWORK, LONG, network::holdBack, network::heal),
                new Fault(
                        "network slow",
                        Fault.Kind.NETWORK,
                        LONG,
                        () -> network.delay(Duration.ofMillis(700)),
                        network::heal),
                Fault.momentary("half-open connections", Fault.Kind.NETWORK, network::killConnectionsSilently),
                new Fault("broker killed", Fault.Kind.BROKER, LONG, kafka::kill, kafka::start),
                new Fault("broker frozen", Fault.Kind.BROKER, LONG, kafka::freeze, kafka::resume));
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
