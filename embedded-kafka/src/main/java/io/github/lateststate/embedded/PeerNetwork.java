package io.github.lateststate.embedded;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The network between the brokers of a cluster. Each broker reaches each of the others through proxies of that pair, so
 * that one can be cut off while clients still reach all. Every broker has one name. Each JVM has its own hosts file,
 * which maps that name to an address that only this JVM uses; its proxies listen there. Thread-safe.
 */
final class PeerNetwork implements AutoCloseable {

    private final Map<Integer, List<NetworkProxy>> proxies = new HashMap<>();
    private final SortedMap<Integer, Path> hosts = new TreeMap<>();

    /**
     * Opens the network.
     *
     * @param directory where the hosts files go
     * @param listeners the listeners for the others, each by broker with its port
     */
    PeerNetwork(Path directory, List<SortedMap<Integer, Integer>> listeners) {
        Set<Integer> nodes = listeners.get(0).keySet();
        try {
            for (int from : nodes) {
                hosts.put(from, hostsFile(directory, from, nodes));
                listeners.forEach(ports -> ports.forEach((to, port) -> {
                    if (from != to) {
                        open(from, to, port);
                    }
                }));
            }
        } catch (Throwable failure) {
            close();
            throw failure;
        }
    }

    /** The name of a broker, for all of them. */
    static String name(int node) {
        return "broker-" + node;
    }

    /** The option with which the JVM of a broker must be started. */
    String jvmOption(int node) {
        return "-Djdk.net.hosts.file=" + hosts.get(node);
    }

    /** Cuts a broker off from all the others. */
    void isolate(int node) {
        of(node).forEach(NetworkProxy::cut);
    }

    /** Ends the isolation of a broker. */
    void rejoin(int node) {
        of(node).forEach(NetworkProxy::heal);
    }

    @Override
    public void close() {
        proxies.values().forEach(ofOne -> ofOne.forEach(NetworkProxy::close));
    }

    private List<NetworkProxy> of(int node) {
        return proxies.getOrDefault(node, List.of());
    }

    private void open(int from, int to, int port) {
        NetworkProxy proxy = NetworkProxy.between(address(from, to), port, port);
        proxies.computeIfAbsent(from, one -> new ArrayList<>()).add(proxy);
        proxies.computeIfAbsent(to, one -> new ArrayList<>()).add(proxy);
    }

    /** The address under which one broker finds another. It finds itself directly. */
    private static String address(int from, int to) {
        return from == to ? Ports.HOST : "127.0." + from + "." + to;
    }

    private static Path hostsFile(Path directory, int from, Set<Integer> nodes) {
        Map<String, String> addresses =
                new TreeMap<>(nodes.stream().collect(toMap(PeerNetwork::name, to -> address(from, to))));
        addresses.put("localhost", Ports.HOST);
        try {
            addresses.put(
                    InetAddress.getLocalHost().getHostName(), Ports.HOST); // the JVM asks for it, and for nothing else
            List<String> lines = addresses.entrySet().stream()
                    .map(entry -> entry.getValue() + " " + entry.getKey())
                    .toList();
            return Files.write(directory.resolve("hosts-" + from), lines);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the hosts file of a broker in " + directory, e);
        }
    }
}
