package io.github.lateststate.reliability;

import io.github.lateststate.embedded.NetworkProxy;
import java.time.Duration;
import java.util.List;

/** Faults of the network between the states and some brokers. */
final class NetworkFaults {

    private static final Duration LONG = Duration.ofSeconds(40);
    private static final Duration SLOW = Duration.ofMillis(700);

    private NetworkFaults() {}

    static List<Fault> of(String name, List<NetworkProxy> ways) {
        Fault.Step heal = () -> ways.forEach(NetworkProxy::heal);
        return List.of(
                lasting(name + " cut", () -> ways.forEach(NetworkProxy::cut), heal),
                lasting(name + " refuses new connections", () -> ways.forEach(NetworkProxy::refuse), heal),
                lasting(name + " held back", () -> ways.forEach(NetworkProxy::holdBack), heal),
                lasting(name + " slow", () -> ways.forEach(way -> way.delay(SLOW)), heal),
                Fault.momentary(
                        name + " with half-open connections",
                        Fault.Kind.NETWORK,
                        () -> ways.forEach(NetworkProxy::killConnectionsSilently)));
    }

    private static Fault lasting(String name, Fault.Step begin, Fault.Step end) {
        return new Fault(name, Fault.Kind.NETWORK, LONG, begin, end);
    }
}
