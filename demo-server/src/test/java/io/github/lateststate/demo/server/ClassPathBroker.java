package io.github.lateststate.demo.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Runs a broker in a child JVM on 127.0.0.1, with the Kafka version on this JVM's class path. It starts the broker as
 * Kafka's scripts do: in KRaft mode, or after ZooKeeper.
 */
final class ClassPathBroker implements AutoCloseable {

    private static final boolean ZOOKEEPER =
            System.getProperty("broker.mode", "KRaft").equals("ZooKeeper");
    private static final String CLUSTER = "AAAAAAAAAAAAAAAAAAAAAA";

    private final Path directory;
    private final int port;
    private final Deque<Process> running = new ArrayDeque<>();

    private ClassPathBroker(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Does not wait: clients retry until it is up. */
    static ClassPathBroker start(Path directory) throws IOException {
        ClassPathBroker broker = new ClassPathBroker(directory, freePort());
        if (ZOOKEEPER) {
            broker.startZooKeeper(freePort());
        } else {
            broker.formatForKRaft(freePort());
        }
        broker.start();
        return broker;
    }

    /** The version and the mode, as docs/compatibility.md writes them. */
    static String describe() throws IOException {
        Properties version = new Properties();
        try (InputStream file = ClassPathBroker.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            version.load(Objects.requireNonNull(file));
        }
        return version.getProperty("version") + " | " + (ZOOKEEPER ? "ZooKeeper" : "KRaft");
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Starts it again after {@link #stop}, on the same port and the same data. */
    void start() throws IOException {
        running.push(launch("kafka.Kafka", configuration().toString()));
    }

    /** Stops it cleanly. ZooKeeper goes on. */
    void stop() {
        end(running.pop());
    }

    @Override
    public void close() {
        while (!running.isEmpty()) { // the broker before its ZooKeeper
            running.pop().destroyForcibly().onExit().join();
        }
    }

    private void startZooKeeper(int clientPort) throws IOException {
        Path file = write(
                "zookeeper.properties",
                Map.of(
                        "dataDir",
                        directory.resolve("zookeeper").toString(),
                        "clientPort",
                        Integer.toString(clientPort),
                        "clientPortAddress",
                        "127.0.0.1",
                        "admin.enableServer",
                        "false"));
        running.push(launch("org.apache.zookeeper.server.quorum.QuorumPeerMain", file.toString()));
        configure(Map.of(
                "broker.id",
                "1",
                "listeners",
                "PLAINTEXT://" + bootstrapServers(),
                "zookeeper.connect",
                "127.0.0.1:" + clientPort));
    }

    private void formatForKRaft(int controllerPort) throws IOException {
        configure(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "1",
                "listeners",
                "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners",
                "PLAINTEXT://" + bootstrapServers(),
                "controller.listener.names",
                "CONTROLLER",
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.quorum.voters",
                "1@127.0.0.1:" + controllerPort));
        Process format = launch(
                "kafka.tools.StorageTool",
                "format",
                "-t",
                CLUSTER,
                "-c",
                configuration().toString());
        if (format.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("Cannot format:\n" + Files.readString(log()));
        }
    }

    private void configure(Map<String, String> properties) throws IOException {
        Map<String, String> all = new TreeMap<>(properties);
        all.put("log.dirs", directory.resolve("data").toString());
        all.put("offsets.topic.replication.factor", "1");
        all.put("offsets.topic.num.partitions", "1");
        all.put("log.cleaner.dedupe.buffer.size", "2097152");
        write(configuration(), all);
    }

    private Path configuration() {
        return directory.resolve("server.properties");
    }

    private Path log() {
        return directory.resolve("broker.log");
    }

    private Path write(String name, Map<String, String> properties) throws IOException {
        return write(directory.resolve(name), properties);
    }

    private static Path write(Path file, Map<String, String> properties) throws IOException {
        try (PrintStream out = new PrintStream(file.toFile(), "UTF-8")) {
            properties.forEach((name, value) -> out.println(name + "=" + value));
        }
        return file;
    }

    private Process launch(String main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", main));
        command.addAll(List.of(arguments));
        ProcessBuilder child = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .redirectErrorStream(true);
        child.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process = child.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "kill-broker-" + process.pid()));
        return process;
    }

    private static void end(Process process) {
        process.destroy();
        process.onExit().join();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
