package io.github.lateststate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port on this machine that forwards each connection to another port, and fails on command as networks do. Tests put it between a
 * client and a broker.
 *
 * <p>The proxy can start before its target exists. A Kafka client connects to the broker's advertised address, so build the broker
 * with {@link BrokerBuilder#behind} to have it advertise the proxy:
 *
 * <pre>{@code
 * try (NetworkProxy proxy = NetworkProxy.start();
 *         KafkaProcess kafka = KafkaProcess.builder().behind(proxy).start()) {
 *     connectTo(proxy.address());
 *     proxy.killConnectionsSilently();
 * }
 * }</pre>
 *
 * <p>All methods may be called from any thread and return at once. The proxy uses daemon threads: one to accept, two for each
 * connection. It is not made for throughput.
 */
public final class NetworkProxy implements AutoCloseable {

    private enum Newcomers {
        SERVED,
        REFUSED
    }

    private final ServerSocket listening;
    private final int targetPort;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final NetworkConditions conditions = new NetworkConditions();
    private volatile Newcomers newcomers = Newcomers.SERVED;

    private NetworkProxy(ServerSocket listening, int targetPort) {
        this.listening = listening;
        this.targetPort = targetPort;
    }

    /**
     * Starts a proxy on a free port, for a broker on another free port that is built later.
     *
     * @return the proxy
     * @throws UncheckedIOException if the port cannot be opened
     */
    public static NetworkProxy start() {
        return to(Ports.free());
    }

    /**
     * Starts a proxy on a free port.
     *
     * @param targetPort the port on 127.0.0.1 to forward to; a connection is closed if nobody listens there
     * @return the proxy
     * @throws UncheckedIOException if the port cannot be opened
     */
    public static NetworkProxy to(int targetPort) {
        return between(Ports.HOST, Ports.free(), targetPort);
    }

    static NetworkProxy between(String host, int port, int targetPort) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            NetworkProxy proxy = new NetworkProxy(listening, targetPort);
            ProxiedConnection.thread("proxy-" + host + ":" + port, proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on " + host + ":" + port, e);
        }
    }

    /**
     * Returns the port that clients connect to.
     *
     * @return the port
     */
    public int port() {
        return listening.getLocalPort();
    }

    /**
     * Returns the port that connections are forwarded to.
     *
     * @return the port
     */
    public int targetPort() {
        return targetPort;
    }

    /**
     * Returns where clients connect to.
     *
     * @return a value for {@code bootstrap.servers}
     */
    public String address() {
        return Ports.HOST + ":" + port();
    }

    /**
     * Returns how many connections are open, silent ones included.
     *
     * @return the count
     */
    public int connections() {
        return connections.size();
    }

    /** Closes all connections, and closes new ones as soon as they are made, until {@link #heal}. */
    public void cut() {
        refuse();
        connections.forEach(ProxiedConnection::close);
    }

    /** Closes new connections as soon as they are made, until {@link #heal}. Existing ones go on. */
    public void refuse() {
        newcomers = Newcomers.REFUSED;
    }

    /** Holds back what both sides send, on existing and new connections. {@link #heal} delivers it. */
    public void holdBack() {
        conditions.holdBack();
    }

    /**
     * Makes all existing connections half-open: both sides still consider them open, but nothing that is sent arrives. They never
     * recover. New connections work.
     */
    public void killConnectionsSilently() {
        List.copyOf(connections).forEach(ProxiedConnection::killSilently);
    }

    /**
     * Does the same only to the connections on which a client has fetched records. The client's other connections go
     * on.
     */
    public void killFetchConnectionsSilently() {
        connections.stream().filter(ProxiedConnection::fetched).forEach(ProxiedConnection::killSilently);
    }

    /**
     * Delays each piece of data, in both directions, until {@link #heal}.
     *
     * @param delay how long
     */
    public void delay(Duration delay) {
        conditions.delay(delay);
    }

    /** Ends {@link #cut}, {@link #refuse}, {@link #holdBack} and {@link #delay}. Half-open connections stay half-open. */
    public void heal() {
        newcomers = Newcomers.SERVED;
        conditions.clear();
    }

    /** Closes all connections and the port. Does nothing the second time. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            conditions.clear();
            connections.forEach(ProxiedConnection::close);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                ProxiedConnection connection =
                        new ProxiedConnection(client, targetPort, conditions, connections::remove);
                connections.add(connection);
                if (newcomers == Newcomers.REFUSED || listening.isClosed()) {
                    connection.close();
                } else {
                    connection.start();
                }
            } catch (IOException e) {
                // closed, or the client is already gone
            }
        }
    }
}
