package io.github.lateststate.embedded;

import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** A door of a broker; its properties are without the prefix that names the listener. */
record Listener(String name, SecurityProtocol protocol, int port, Map<String, String> properties) {

    static final String PLAIN = "PLAINTEXT";
    static final String CONTROLLER = "CONTROLLER";

    String address() {
        return Ports.HOST + ":" + port;
    }

    String url() {
        return name + "://" + address();
    }
}
