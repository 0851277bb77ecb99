package io.github.lateststate.samples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A sample in a process of its own. */
final class RunningSample implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final Path log;
    private final Process process;

    /** Starts it in {@code folder}. */
    RunningSample(List<String> command, Path folder, Broker broker, Path log) throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        this.log = log;
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KAFKA_"));
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().put("KAFKA_TOPIC", Broker.TOPIC);
        builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", broker.address());
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    /** The answer to a request; one that says so if there is none. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The body of an answer, or why there is none. */
    String body(String path) throws InterruptedException {
        try {
            return get(path).body();
        } catch (IOException e) {
            return "no answer: " + e;
        }
    }

    /** A header of the state's answer, or nothing while there is no answer. */
    String header(String name) throws InterruptedException {
        try {
            return get("/state").headers().firstValue(name).orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** Asks it to end, as an orchestrator does. Returns whether it did within a minute. */
    boolean stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(1, TimeUnit.MINUTES);
    }

    /** The names of the threads of all JVMs that were started for it. */
    List<String> threads() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (ProcessHandle one : process.descendants().toList()) {
            Process dump = new ProcessBuilder("jcmd", String.valueOf(one.pid()), "Thread.print")
                    .redirectErrorStream(true)
                    .start();
            try (Stream<String> lines = dump.inputReader().lines()) {
                lines.filter(line -> line.startsWith("\""))
                        .map(line -> line.split("\"", -1)[1])
                        .forEach(names::add);
            }
            dump.waitFor();
        }
        return names;
    }

    /** Ends it and what it has started. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
    }
}
