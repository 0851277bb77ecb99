package io.github.lateststate.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that follows a topic until its state is the expected one, and reports how that went. */
final class SmallJvm {

    static final Duration PATIENCE = Duration.ofMinutes(2);
    /** The system property that says whether a child shares its clients. */
    static final String SHARED = "test.shared";

    /** The system property that names the only key a child follows. */
    static final String KEY = "test.key";

    static final String READY = "ready";

    private SmallJvm() {}

    /** A running child. */
    record Child(Process process, BufferedReader says) implements AutoCloseable {

        /** Waits until the look-back has ended. */
        void awaitReady() {
            if (!READY.equals(line())) {
                throw new AssertionError("the child's look-back has not ended");
            }
        }

        /** The next line of its output; "ended" if there is no more. */
        String line() {
            try {
                String line = says.readLine();
                return line == null ? "ended" : line;
            } catch (IOException e) {
                return e.toString();
            }
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Starts a child that accepts records that begin with "good". */
    static Child start(String bootstrapServers, String topic, String expected, String... options) {
        return start(SmallJvm.class, List.of(bootstrapServers, topic, expected), options);
    }

    /** Starts a child that runs a program of the test. */
    static Child start(Class<?> main, List<String> arguments, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(options));
        command.add(main.getName());
        command.addAll(arguments);
        ProcessBuilder child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        child.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            Process process = child.start();
            return new Child(process, new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The child. */
    public static void main(String[] args) {
        LatestStateBuilder<String> builder =
                following(args[0], args[1]).setting("state.share.clients", System.getProperty(SHARED, "false"));
        String key = System.getProperty(KEY);
        try (LatestState<String> state = (key == null ? builder : builder.key(key)).open()) {
            state.awaitReady(PATIENCE);
            say(READY);
            await().atMost(PATIENCE)
                    .until(() -> state.value().filter(args[2]::equals).isPresent());
            say("state " + state.get());
            await().atMost(PATIENCE).until(() -> state.status().phase() == Phase.LIVE);
            say("LIVE");
            say("read " + state.status().lookBack().orElseThrow().recordsRead());
            say(state.status().lastRejection().map(Object::toString).orElse("nothing rejected"));
        }
    }

    /** What a child follows with. */
    static LatestStateBuilder<String> following(String bootstrapServers, String topic) {
        return LatestState.<String>builder((payload, origin) -> decode(payload)).subscriber("kafka").stream(topic)
                .setting("bootstrap.servers", bootstrapServers);
    }

    private static String decode(byte[] payload) {
        String start = new String(payload, 0, Math.min(payload.length, 20), UTF_8);
        if (!start.startsWith("good")) {
            throw new IllegalArgumentException("not good");
        }
        return start.strip();
    }

    @SuppressWarnings("SystemOut")
    static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
