package io.github.lateststate.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a broker before its first start. Every broker has a listener named {@code PLAINTEXT}, without authentication, on
 * 127.0.0.1; more can be added. Not for use by several threads at once.
 *
 * @param <T> the kind of broker
 */
public final class BrokerBuilder<T> {

    private final Function<BrokerSettings, T> starter;
    private final List<Listener> added = new ArrayList<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private @Nullable Path directory;
    private int port;

    BrokerBuilder(Function<BrokerSettings, T> starter) {
        this.starter = starter;
    }

    /**
     * Chooses the port of the {@code PLAINTEXT} listener.
     *
     * @param chosen a port, or 0, the default, for a free one, which is then kept over restarts
     * @return this
     * @throws IllegalArgumentException if it is not a port
     */
    public BrokerBuilder<T> port(int chosen) {
        if (chosen < 0 || chosen > 65_535) {
            throw new IllegalArgumentException("Not a port: " + chosen);
        }
        port = chosen;
        return this;
    }

    /**
     * Chooses where the broker keeps its data. A directory that already holds a broker's data is used again, and it is kept when
     * the broker is closed. Without a choice the data goes to a new temporary directory, which closing deletes.
     * If this JVM is killed, the next broker that is started in a temporary directory deletes it.
     *
     * @param chosen a directory; it is created if it does not exist
     * @return this
     */
    public BrokerBuilder<T> directory(Path chosen) {
        directory = chosen;
        return this;
    }

    /**
     * Sets a property of the broker, under Kafka's own name, such as {@code message.max.bytes}. It wins over the defaults of this module.
     *
     * @param name a property of a Kafka broker
     * @param value its value
     * @return this
     * @throws IllegalArgumentException if the property is one that follows from the port, the listeners or the directory
     */
    public BrokerBuilder<T> property(String name, String value) {
        BrokerSettings.requireSettable(name);
        properties.put(name, value);
        return this;
    }

    /**
     * Adds a listener, on a free port that is kept over restarts.
     *
     * @param name its name, such as {@code TLS}: capital letters, digits and underscores
     * @param protocol the protocol of its clients
     * @param listenerProperties its properties, such as {@code ssl.keystore.location}, without the prefix {@code listener.name.…};
     *     {@link TlsStores#brokerProperties()} has those of a TLS listener
     * @return this
     * @throws IllegalArgumentException if the name is taken or malformed
     */
    public BrokerBuilder<T> listener(String name, SecurityProtocol protocol, Map<String, String> listenerProperties) {
        requireNew(name);
        added.add(new Listener(name, protocol, Ports.free(), Map.copyOf(listenerProperties)));
        return this;
    }

    /**
     * Adds a listener for clients that log in with SASL and {@code SCRAM-SHA-512} ({@code SASL_PLAINTEXT}). An {@code Admin} on the
     * {@code PLAINTEXT} listener creates their users, with {@code alterUserScramCredentials}.
     *
     * @param name its name: capital letters, digits and underscores
     * @return this
     * @throws IllegalArgumentException if the name is taken or malformed
     */
    public BrokerBuilder<T> scramListener(String name) {
        return listener(
                name,
                SecurityProtocol.SASL_PLAINTEXT,
                Map.of(
                        "sasl.enabled.mechanisms",
                        "SCRAM-SHA-512",
                        "scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;"));
    }

    /**
     * Adds a listener named {@code PROXIED}, without authentication, that clients can reach only through a proxy: the broker listens on
     * {@link NetworkProxy#targetPort()} and advertises {@link NetworkProxy#address()}. The listener {@code PLAINTEXT} is not behind it.
     *
     * @param proxy a proxy, which outlives the broker
     * @return this
     * @throws IllegalArgumentException if the broker is behind a proxy already
     */
    public BrokerBuilder<T> behind(NetworkProxy proxy) {
        requireNew(Listener.PROXIED);
        added.add(Listener.behind(proxy));
        return this;
    }

    /**
     * Makes the broker check access rights. Users who logged in may do only what an ACL allows. The anonymous user may do
     * everything, such as create those ACLs. Every client of the listener {@code PLAINTEXT} is anonymous.
     *
     * @return this
     */
    public BrokerBuilder<T> accessControl() {
        properties.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        properties.put("super.users", "User:ANONYMOUS");
        return this;
    }

    /**
     * Starts the broker and waits until it serves clients, which takes about two seconds.
     *
     * @return the running broker
     * @throws PortInUseException if the chosen port is in use; this is checked before anything starts
     * @throws BrokerNotStartedException if Kafka could not start for another reason
     */
    public T start() {
        List<Listener> listeners = new ArrayList<>();
        listeners.add(
                new Listener(Listener.PLAIN, SecurityProtocol.PLAINTEXT, port == 0 ? Ports.free() : port, Map.of()));
        listeners.addAll(added);
        int nodeId = 1;
        DataDirectory data = DataDirectory.of(directory);
        return starter.apply(new BrokerSettings(
                nodeId,
                Uuid.randomUuid().toString(),
                data,
                List.copyOf(listeners),
                Map.of(nodeId, Ports.address(Ports.free())),
                Map.copyOf(properties)));
    }

    private void requireNew(String listener) {
        boolean taken = listener.equals(Listener.PLAIN)
                || listener.equals(Listener.CONTROLLER)
                || listener.equals(Listener.PEERS)
                || added.stream().anyMatch(other -> other.name().equals(listener));
        if (taken || !listener.matches("[A-Z][A-Z0-9_]*")) {
            throw new IllegalArgumentException("Not a name for another listener: \"" + listener
                    + "\". It must be new, and of capital letters, digits and _.");
        }
    }
}
