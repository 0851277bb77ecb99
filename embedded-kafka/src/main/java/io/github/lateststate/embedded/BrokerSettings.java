package io.github.lateststate.embedded;

import static java.util.stream.Collectors.joining;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The settings of a broker. They do not change while the object that starts the broker exists, so that a restart finds the same
 * ports and the same data.
 *
 * @param controllers where the controller of every node of the cluster is found: host and port
 * @param properties what the caller asked for; wins over the defaults
 */
record BrokerSettings(
        int nodeId,
        String clusterId,
        DataDirectory directory,
        List<Listener> listeners,
        Map<Integer, String> controllers,
        Map<String, String> properties) {

    /** The properties that only this module may set, because its own answers (addresses, directory) would be wrong otherwise. */
    private static final Set<String> RESERVED = Set.of(
            "advertised.listeners",
            "broker.id",
            "controller.listener.names",
            "controller.quorum.bootstrap.servers",
            "controller.quorum.voters",
            "inter.broker.listener.name",
            "listener.security.protocol.map",
            "listeners",
            "log.dir",
            "log.dirs",
            "metadata.log.dir",
            "node.id",
            "process.roles",
            "security.inter.broker.protocol");

    private static final Map<String, String> DEFAULTS = defaults();

    static void requireSettable(String property) {
        if (RESERVED.contains(property)) {
            throw new IllegalArgumentException(
                    "\"" + property + "\" cannot be set here: it follows from the port, the listeners"
                            + " and the directory, which have methods of their own.");
        }
    }

    Listener listener(String name) {
        return listeners.stream()
                .filter(listener -> listener.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No listener is named \"" + name + "\". There are: "
                        + listeners.stream().map(Listener::name).collect(joining(", "))));
    }

    private String controllerAddress() {
        return Objects.requireNonNull(controllers.get(nodeId), "each node has a controller");
    }

    private int controllerPort() {
        return Ports.of(controllerAddress());
    }

    /** The listener for the other brokers. */
    private Listener peers() {
        return listeners.stream()
                .filter(listener -> listener.name().equals(Listener.PEERS))
                .findFirst()
                .orElseGet(() -> listeners.get(0));
    }

    void requireFreePorts() {
        listeners.forEach(listener -> Ports.requireFree(listener.port()));
        Ports.requireFree(controllerPort());
    }

    /** Every property the broker gets. */
    Map<String, String> brokerProperties() {
        Map<String, String> all = new HashMap<>(DEFAULTS);
        all.putAll(properties);
        all.put("process.roles", "broker,controller");
        all.put("node.id", Integer.toString(nodeId));
        all.put("log.dirs", directory.path().resolve("data").toString());
        // apart from the data, because only then Kafka locks it: two controllers in one directory would ruin it
        all.put("metadata.log.dir", directory.path().resolve("metadata").toString());
        all.put("controller.listener.names", Listener.CONTROLLER);
        all.put("inter.broker.listener.name", peers().name());
        all.put(
                "controller.quorum.voters",
                controllers.entrySet().stream()
                        .map(voter -> voter.getKey() + "@" + voter.getValue())
                        .collect(joining(",")));
        String urls = listeners.stream().map(Listener::url).collect(joining(","));
        all.put(
                "advertised.listeners",
                listeners.stream().map(Listener::advertisedUrl).collect(joining(",")) + "," + Listener.CONTROLLER
                        + "://" + controllerAddress());
        all.put("listeners", urls + "," + Listener.CONTROLLER + "://" + Ports.HOST + ":" + controllerPort());
        all.put(
                "listener.security.protocol.map",
                Listener.CONTROLLER + ":PLAINTEXT,"
                        + listeners.stream()
                                .map(listener -> listener.name() + ":" + listener.protocol())
                                .collect(joining(",")));
        for (Listener listener : listeners) {
            String prefix = "listener.name." + listener.name().toLowerCase(Locale.ROOT) + ".";
            listener.properties().forEach((key, value) -> all.put(prefix + key, value));
        }
        return all;
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        // a test that misspells a topic should get an error
        defaults.put("auto.create.topics.enable", "false");
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            defaults.put(topic + ".num.partitions", "1");
            defaults.put(topic + ".replication.factor", "1");
        }
        defaults.put("transaction.state.log.min.isr", "1");
        defaults.put("share.coordinator.state.topic.min.isr", "1");
        // no test should wait long for a second member, a lost broker or a lost controller
        defaults.put("group.initial.rebalance.delay.ms", "0");
        defaults.put("broker.session.timeout.ms", "3000");
        defaults.put("broker.heartbeat.interval.ms", "500");
        // as few resources as a broker can run with
        defaults.put("num.network.threads", "1");
        defaults.put("num.io.threads", "2");
        defaults.put("background.threads", "2");
        defaults.put("num.recovery.threads.per.data.dir", "1");
        defaults.put("group.coordinator.threads", "1");
        defaults.put("share.coordinator.threads", "1");
        defaults.put("log.cleaner.dedupe.buffer.size", "2097152");
        defaults.put("log.cleaner.io.buffer.size", "131072");
        return defaults;
    }
}
