package io.github.lateststate.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One run of a broker and controller in this JVM, from its start to its stop. */
final class Broker {

    private final KafkaRaftServer server;

    private Broker(KafkaRaftServer server) {
        this.server = server;
    }

    /**
     * Returns once the broker serves clients. Throws whatever Kafka throws. After that nothing runs, except sometimes an idle daemon
     * thread of Kafka's metrics.
     */
    static Broker start(Map<String, String> properties, String clusterId) throws Exception {
        KafkaConfig config = new KafkaConfig(properties, false);
        formatOnce(properties, clusterId);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
        } catch (Throwable failure) {
            try {
                server.shutdown();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
            throw failure;
        }
        return new Broker(server);
    }

    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void formatOnce(Map<String, String> properties, String clusterId) throws Exception {
        String metadata = required(properties, "metadata.log.dir");
        if (Files.exists(Path.of(metadata, "meta.properties"))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(Integer.parseInt(required(properties, "node.id")))
                .setClusterId(clusterId)
                .setControllerListenerName(Listener.CONTROLLER)
                .setDirectories(List.of(required(properties, "log.dirs"), metadata))
                .setMetadataLogDirectory(metadata)
                .run();
    }

    private static String required(Map<String, String> properties, String name) {
        return Objects.requireNonNull(properties.get(name), name);
    }
}
