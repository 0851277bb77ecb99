package io.github.lateststate.reliability;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The emulator that the module state-kinesis has installed, with one stream. It listens on 127.0.0.1. */
public final class KinesisEmulator implements AutoCloseable {

    private final Process process;
    private final int port;

    private KinesisEmulator(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and does not wait.
     *
     * @param folder the folder {@code kinesis-mock} of the tests of state-kinesis, installed
     * @param stream the name of the stream, which gets one shard
     * @return the emulator, which you must close
     * @throws IOException if Node cannot be started
     */
    public static KinesisEmulator start(Path folder, String stream) throws IOException {
        Path absolute = folder.toAbsolutePath();
        Path program = absolute.resolve(Path.of("node_modules", "kinesis-local"));
        if (!Files.exists(program.resolve("main.js"))) {
            throw new IllegalStateException(
                    "The Kinesis emulator is not installed in " + absolute + ". Run the build of state-kinesis first.");
        }
        int port = freePort();
        ProcessBuilder node = new ProcessBuilder(
                        "node", "--require", absolute.resolve("loopback.cjs").toString(), "main.js")
                .directory(program.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
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
        Process started = node.start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly, "kill-kinesis-mock"));
        return new KinesisEmulator(started, port);
    }

    /**
     * Where it listens.
     *
     * @return the address, for clients of Kinesis
     */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
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
