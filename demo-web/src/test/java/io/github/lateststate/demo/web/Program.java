package io.github.lateststate.demo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A runnable jar as a process. Its environment has only those of our variables that the test sets. */
public final class Program implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Process process;
    private final Path out;
    private final Path err;

    private Program(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    public static Program producer(Path directory, Map<String, String> env, String... arguments) throws IOException {
        return start("demo.producer.jar", directory, env, List.of(arguments));
    }

    public static Program start(String jarProperty, Path directory, Map<String, String> env, List<String> arguments)
            throws IOException {
        Path jar = Path.of(String.valueOf(System.getProperty(jarProperty)));
        assertThat(jar)
                .as("the runnable jar: these tests run in mvn verify, which builds it first")
                .isRegularFile();
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (bringsItsBroker(env)) {
            command.add("--sun-misc-unsafe-memory-access=allow"); // see docs/compatibility.md
        }
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(Program::isOurs);
        builder.environment().putAll(env);
        return new Program(builder.start(), out, err);
    }

    public String out() {
        return read(out);
    }

    public String err() {
        return read(err);
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Waits for the end. */
    public int exitCode() throws InterruptedException {
        return exitCode(PATIENCE);
    }

    public int exitCode(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            fail("Still running after %s. It printed:%n%s%s", atMost, out(), err());
        }
        return process.exitValue();
    }

    public void terminate() {
        process.destroy();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Java 24 and newer warn about what Kafka's broker does when it stops. */
    private static boolean bringsItsBroker(Map<String, String> env) {
        return Runtime.version().feature() >= 24
                && !env.containsKey("KAFKA_TOPIC")
                && !env.containsKey("KINESIS_STREAM");
    }

    private static boolean isOurs(String variable) {
        return variable.startsWith("KAFKA_")
                || variable.startsWith("KINESIS_")
                || variable.startsWith("AWS_")
                || variable.startsWith("MODEL_")
                || variable.equals("HOST")
                || variable.equals("PORT")
                || variable.equals("ALLOWED_HOSTS")
                || variable.equals("INSTANCES")
                || variable.endsWith("JAVA_OPTIONS");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
