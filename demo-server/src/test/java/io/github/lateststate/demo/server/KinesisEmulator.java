package io.github.lateststate.demo.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The emulator that the module state-kinesis installs, with one stream. It listens on 127.0.0.1. */
final class KinesisEmulator implements AutoCloseable {

    private static final Path FOLDER = Path.of(String.valueOf(System.getProperty("kinesis.mock.folder")));
    private static final Path PROGRAM = FOLDER.resolve(Path.of("node_modules", "kinesis-local"));

    private final Process process;
    private final int port;

    private KinesisEmulator(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether the build has installed it, which needs Node. */
    static boolean isInstalled() {
        return Files.exists(PROGRAM.resolve("main.js"));
    }

    /** Does not wait: clients retry until it is up. */
    static KinesisEmulator start(String stream, Path log) throws IOException {
        int port = freePort();
        ProcessBuilder node = new ProcessBuilder(
                        "node", "--require", FOLDER.resolve("loopback.cjs").toString(), "main.js")
                .directory(PROGRAM.toFile())
                .redirectOutput(log.toFile())
                .redirectErrorStream(true);
        node.environment()
                .putAll(Map.of(
                        "KINESIS_MOCK_PLAIN_PORT",
                        Integer.toString(port),
                        "KINESIS_MOCK_TLS_PORT",
                        "0",
                        "INITIALIZE_STREAMS",
                        stream + ":1",
                        "LOG_LEVEL",
                        "ERROR"));
        return new KinesisEmulator(node.start(), port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
