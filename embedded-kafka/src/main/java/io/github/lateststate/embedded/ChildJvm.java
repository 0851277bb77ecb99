package io.github.lateststate.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** One run of a broker in a child JVM, from its start to its end. */
final class ChildJvm {

    private static final long STOP_SECONDS = 15;

    private final Process process;
    private final Path directory;

    /** A frozen child does not notice the end of this JVM. */
    private final Thread reaper;

    private boolean frozen;

    private ChildJvm(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
        this.reaper = new Thread(process::destroyForcibly, "kill-broker-" + process.pid());
        Runtime.getRuntime().addShutdownHook(reaper);
    }

    static ChildJvm launch(BrokerSettings settings, List<String> jvmOptions) {
        Path directory = settings.directory().path();
        Properties properties = new Properties();
        properties.putAll(settings.brokerProperties());
        Path file = directory.resolve("server.properties");
        try {
            Files.createDirectories(directory);
            PrivateFile.createAfresh(file); // the properties of a listener may have passwords in them
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            command.addAll(jvmOptions);
            command.addAll(List.of(BrokerMain.class.getName(), file.toString(), settings.clusterId()));
            ProcessBuilder child = new ProcessBuilder(command);
            child.environment().put("CLASSPATH", classPath());
            child.redirectError(ProcessBuilder.Redirect.appendTo(
                    directory.resolve("broker.log").toFile()));
            return new ChildJvm(child.start(), directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start a JVM for the broker in " + directory, e);
        }
    }

    private static String classPath() {
        return System.getProperty(KafkaProcess.CLASS_PATH, System.getProperty("java.class.path"));
    }

    /** Blocks until the broker serves clients or gives up; Kafka bounds that, to about a minute. */
    void awaitReady() {
        String said;
        try {
            said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8)).readLine();
        } catch (IOException e) {
            said = e.toString();
        }
        if (!BrokerMain.READY.equals(said)) {
            kill();
            String why = said == null ? "its JVM ended with status " + process.exitValue() : said;
            throw new BrokerNotStartedException(directory, why + " (more in its broker.log)");
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
        forget();
    }

    void stop() {
        if (frozen) {
            resume();
        }
        // not Process.destroy(): that closes the child's standard input, and the child would halt at once
        process.toHandle().destroy();
        process.onExit().completeOnTimeout(process, STOP_SECONDS, SECONDS).join();
        kill();
    }

    void freeze() {
        signal("STOP");
        frozen = true;
    }

    void resume() {
        signal("CONT");
        frozen = false;
    }

    private void signal(String name) {
        String pid = Long.toString(process.pid());
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, pid).start();
            if (kill.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(
                        "Cannot send SIG" + name + " to process " + pid + ": the broker has ended");
            }
        } catch (IOException e) {
            throw new UnsupportedOperationException("Cannot send SIG" + name + ": this system has no kill command", e);
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(reaper);
        } catch (IllegalStateException e) {
            // this JVM is already ending
        }
    }
}
