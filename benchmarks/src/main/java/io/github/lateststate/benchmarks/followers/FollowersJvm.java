package io.github.lateststate.benchmarks.followers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Followers in a JVM of their own. To ask several JVMs at once, call {@code begin…} on each first, and then read the
 * answer of each. Not for use by several threads at once.
 */
public final class FollowersJvm implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Goes to the standard error, because the standard output is for answers. */
    private static final String LOGGING = "io/github/lateststate/benchmarks/logback.xml";

    /** For followers that may share whatever they can. */
    public static final int ALIKE = -1;

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private FollowersJvm(Process process) {
        this.process = process;
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /**
     * Starts a JVM that follows nothing yet.
     *
     * @param firstNumber the number of the first follower, if each is to have clients of its own; or {@link #ALIKE}
     * @param topics one for each follower
     * @param jvmOptions options of the JVM, such as its heap
     */
    public static FollowersJvm start(
            Way way, String bootstrapServers, int firstNumber, List<String> topics, List<String> jvmOptions)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-Dlogback.configurationFile=" + LOGGING);
        command.add(FollowersMain.class.getName());
        command.addAll(List.of(way.name(), bootstrapServers, Integer.toString(firstNumber)));
        command.addAll(topics);
        ProcessBuilder child = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        child.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new FollowersJvm(child.start());
    }

    /** Opens and closes one follower, so that everything that a JVM does once is done. */
    public void warmUp() throws IOException {
        send("warm-up");
        answer(new TypeReference<Integer>() {});
    }

    /** Begins to open all of them at once. {@link #openedAt()} returns when that began. */
    public void beginOpen() throws IOException {
        send("open");
    }

    /** Returns the {@link System#nanoTime()} just before the first was opened. */
    public long openedAt() throws IOException {
        return answer(new TypeReference<Long>() {});
    }

    /** Begins to wait, in the other JVM, until all can read this version of their topic's value. */
    public void beginAwait(long version) throws IOException {
        send(Long.toString(version));
    }

    /** Returns the {@link System#nanoTime()} at which each of them first could. */
    public List<Long> arrivals() throws IOException {
        return answer(new TypeReference<>() {});
    }

    /** Collects the garbage and measures what is left. */
    public Usage usage() throws IOException {
        send("usage");
        return answer(new TypeReference<>() {});
    }

    /** Returns how much of the processors this JVM has used so far. */
    public long cpuNanos() throws IOException {
        send("cpu");
        return answer(new TypeReference<>() {});
    }

    private void send(String command) throws IOException {
        commands.write(command);
        commands.newLine();
        commands.flush();
    }

    private <T> T answer(TypeReference<T> type) throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IllegalStateException("A JVM of followers has ended; its standard error says why");
        }
        return JSON.readValue(line, type);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
