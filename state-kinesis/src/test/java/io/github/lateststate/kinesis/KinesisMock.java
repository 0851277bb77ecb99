package io.github.lateststate.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An emulator in a child process, for the tests of one class, on a port of 127.0.0.1 that stays the same. It is
 * kinesis-mock, or kinesalite, which speaks only HTTP/1.1. It ends with this JVM. The build installs it. If that
 * failed, the tests are skipped; under {@code CI=true} they fail.
 */
final class KinesisMock implements BeforeAllCallback, AfterAllCallback, ExecutionCondition {

    private static final String CBOR = "aws.cborEnabled";
    private static final Path FOLDER = Path.of("src", "test", "kinesis-mock").toAbsolutePath();
    private static final File LOG = Path.of("target", "kinesis-mock.log").toFile();
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("KINESIS_MOCK_TLS_PORT", "0"),
            Map.entry("LOG_LEVEL", "ERROR"),
            Map.entry("CATS_EFFECT_CPU_STARVATION_CHECK_INITIAL_DELAY", "1 day"), // its warning about a busy machine
            Map.entry("SHARD_LIMIT", "100000"),
            Map.entry("CREATE_STREAM_DURATION", "1ms"),
            Map.entry("DELETE_STREAM_DURATION", "1ms"),
            Map.entry("REGISTER_STREAM_CONSUMER_DURATION", "1ms"),
            Map.entry("DEREGISTER_STREAM_CONSUMER_DURATION", "1ms"),
            Map.entry("SPLIT_SHARD_DURATION", "1ms"),
            Map.entry("MERGE_SHARDS_DURATION", "1ms"),
            Map.entry("UPDATE_SHARD_COUNT_DURATION", "1ms"));

    private final int port = freePort();
    private final Path emulator;
    private final List<String> script;
    private final TestStreams streams = new TestStreams(URI.create("http://127.0.0.1:" + port));
    private @Nullable Process process;
    private BufferedReader answers = new BufferedReader(Reader.nullReader());
    private Writer commands = Writer.nullWriter();

    KinesisMock() {
        this("kinesis-local", "main.js");
    }

    private KinesisMock(String emulator, String... script) {
        this.emulator = FOLDER.resolve(Path.of("node_modules", emulator));
        this.script = List.of(script);
    }

    /**
     * All clients speak JSON until it is killed: with CBOR, kinesalite damages payloads and never answers AT_TIMESTAMP.
     */
    static KinesisMock kinesalite() {
        System.setProperty(CBOR, "false");
        return new KinesisMock(
                "kinesalite",
                "cli.js",
                "--createStreamMs=1",
                "--deleteStreamMs=1",
                "--updateStreamMs=1",
                "--shardLimit=100000");
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            return ConditionEvaluationResult.enabled("under CI a missing Node fails");
        }
        return missing()
                .map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("Node and the emulator are there"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (process == null) { // this is called for nested classes too
            start();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getRequiredTestClass().getEnclosingClass() == null) {
            kill();
            streams.close();
            System.clearProperty(CBOR);
        }
    }

    /** Why it cannot be started here; empty if it can. */
    private Optional<String> missing() {
        if (!Files.exists(emulator.resolve(script.get(0)))) {
            return Optional.of("needs Node: the build could not install the emulator with npm");
        }
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0
                    ? Optional.empty()
                    : Optional.of("needs Node: \"node --version\" fails");
        } catch (IOException | InterruptedException e) {
            return Optional.of("needs Node: " + e.getMessage());
        }
    }

    TestStreams streams() {
        return streams;
    }

    /** Closes its port and its connections. It keeps its records. */
    void leave() {
        command("leave");
    }

    /** Opens its port again after {@link #leave}. */
    void comeBack() {
        command("return");
    }

    /** Kills it. Its records are lost. */
    void kill() {
        Process running = running();
        running.destroyForcibly();
        running.onExit().join();
        process = null;
    }

    /** Freezes it: it answers nobody, but connections stay open and new ones are accepted. */
    void freeze() {
        signal("STOP");
    }

    /** Continues after {@link #freeze}. */
    void thaw() {
        signal("CONT");
    }

    /** Starts it empty, and waits until it serves. */
    void start() {
        missing().ifPresent(what -> {
            throw new IllegalStateException(what);
        });
        List<String> command = new ArrayList<>(
                List.of("node", "--require", FOLDER.resolve("loopback.cjs").toString()));
        command.addAll(script);
        command.add("--port=" + port); // kinesis-mock reads its port from the environment, and ignores this
        ProcessBuilder node = new ProcessBuilder(command)
                .directory(emulator.toFile()) // kinesis-mock looks for its certificate there
                .redirectError(ProcessBuilder.Redirect.appendTo(LOG));
        node.environment().putAll(SETTINGS);
        node.environment().put("KINESIS_MOCK_PLAIN_PORT", Integer.toString(port));
        Process started;
        try {
            started = node.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime() // a frozen process does not notice our end
                .addShutdownHook(new Thread(started::destroyForcibly, "kill-emulator"));
        process = started;
        answers = started.inputReader(UTF_8);
        commands = started.outputWriter(UTF_8);
        await().atMost(Duration.ofSeconds(30)).until(streams::answers);
    }

    private void command(String name) {
        try {
            commands.write(name + "\n");
            commands.flush();
            String line;
            do {
                line = answers.readLine();
                if (line == null) {
                    throw new IllegalStateException("the emulator has ended");
                }
            } while (!line.equals(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder(
                            "kill", "-" + name, Long.toString(running().pid()))
                    .start();
            if (kill.onExit().join().exitValue() != 0) {
                throw new IllegalStateException("the emulator has ended");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process running() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("the emulator does not run");
        }
        return running;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
