package io.github.lateststate.embedded;

import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * A listener of a broker.
 *
 * @param port where the broker listens
 * @param advertised where clients are sent to: the same, or host and port of a proxy
 * @param properties its properties, without the prefix that names the listener
 */
record Listener(String name, SecurityProtocol protocol, int port, String advertised, Map<String, String> properties) {

    static final String PLAIN = "PLAINTEXT";
    static final String PROXIED = "PROXIED";
    static final String CONTROLLER = "CONTROLLER";

    /** For the other brokers of a cluster, if one of them can be cut off. */
    static final String PEERS = "PEERS";

    Listener(String name, SecurityProtocol protocol, int port, Map<String, String> properties) {
        this(name, protocol, port, Ports.address(port), properties);
    }

    /** A listener without authentication, behind a proxy. */
    static Listener behind(NetworkProxy proxy) {
        return new Listener(PROXIED, SecurityProtocol.PLAINTEXT, proxy.targetPort(), proxy.address(), Map.of());
    }

    /** A listener for the other brokers, which know it by another address. */
    static Listener ofPeers(int port, String advertised) {
        return new Listener(PEERS, SecurityProtocol.PLAINTEXT, port, advertised, Map.of());
    }

    String address() {
        return advertised;
    }

    String url() {
        return name + "://" + Ports.HOST + ":" + port;
    }

    String advertisedUrl() {
        return name + "://" + advertised;
    }
}
