package io.github.lateststate.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The emulator kinesis-mock in a child process, on a port of 127.0.0.1 that stays the same. It ends when this JVM does; the
 * build installs it.
 */
final class KinesisMock implements AutoCloseable {

    private static final Path FOLDER = Path.of("src", "test", "kinesis-mock").toAbsolutePath();
    private static final Path EMULATOR = FOLDER.resolve(Path.of("node_modules", "kinesis-local"));
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("KINESIS_MOCK_TLS_PORT", "0"),
            Map.entry("LOG_LEVEL", "ERROR"),
            Map.entry("SHARD_LIMIT", "100000"),
            Map.entry("CREATE_STREAM_DURATION", "1ms"),
            Map.entry("DELETE_STREAM_DURATION", "1ms"),
            Map.entry("REGISTER_STREAM_CONSUMER_DURATION", "1ms"),
            Map.entry("DEREGISTER_STREAM_CONSUMER_DURATION", "1ms"),
            Map.entry("SPLIT_SHARD_DURATION", "1ms"),
            Map.entry("MERGE_SHARDS_DURATION", "1ms"),
            Map.entry("UPDATE_SHARD_COUNT_DURATION", "1ms"));

    private final int port = freePort();
    private Process process;
    private BufferedReader answers;
    private Writer commands;

    private KinesisMock() {
        launch();
    }

    /** Starts one and waits until it serves. */
    static KinesisMock start() {
        missing().ifPresent(what -> {
            throw new IllegalStateException(what);
        });
        return new KinesisMock();
    }

    /** Why it cannot be started here; empty if it can. */
    static Optional<String> missing() {
        if (!Files.exists(EMULATOR.resolve("main.js"))) {
            return Optional.of("needs Node: the build could not install kinesis-mock with npm");
        }
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0
                    ? Optional.empty()
                    : Optional.of("needs Node: \"node --version\" fails");
        } catch (IOException | InterruptedException e) {
            return Optional.of("needs Node: " + e.getMessage());
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Closes its port and its connections; what it holds stays. */
    void leave() {
        command("leave");
    }

    /** Opens its port again after {@link #leave}. */
    void comeBack() {
        command("return");
    }

    /** Kills it, and what it holds is lost. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it again after {@link #kill}, empty. */
    void restart() {
        launch();
    }

    /** Lets nobody be answered: connections stay open, new ones are taken. */
    void freeze() {
        signal("STOP");
    }

    /** Goes on after {@link #freeze}. */
    void thaw() {
        signal("CONT");
    }

    @Override
    public void close() {
        kill();
    }

    private void launch() {
        ProcessBuilder node = new ProcessBuilder(
                        "node", "--require", FOLDER.resolve("loopback.cjs").toString(), "main.js")
                .directory(EMULATOR.toFile()) // where it looks for its certificate
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        node.environment().putAll(SETTINGS);
        node.environment().put("KINESIS_MOCK_PLAIN_PORT", Integer.toString(port));
        try {
            process = node.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Process started = process;
        Thread reaper =
                new Thread(started::destroyForcibly, "kill-kinesis-mock"); // a frozen one does not notice our end
        Runtime.getRuntime().addShutdownHook(reaper);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        commands = process.outputWriter(UTF_8);
        try (TestStreams streams = new TestStreams(endpoint())) {
            await().atMost(Duration.ofSeconds(30)).until(streams::answers);
        }
    }

    private void command(String name) {
        try {
            commands.write(name + "\n");
            commands.flush();
            String line;
            do {
                line = answers.readLine();
                if (line == null) {
                    throw new IllegalStateException("kinesis-mock has ended");
                }
            } while (!line.equals(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.onExit().join().exitValue() != 0) {
                throw new IllegalStateException("kinesis-mock has ended");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
