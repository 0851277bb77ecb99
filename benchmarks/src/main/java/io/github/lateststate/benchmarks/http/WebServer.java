package io.github.lateststate.benchmarks.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a JVM of its own. */
final class WebServer implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("The state is at (http://\\S+)/state");
    private static final String LOGGING = "io/github/lateststate/benchmarks/http/logback.xml";

    private final Process process;
    private final String address;

    private WebServer(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Waits until the server prints its address. The system chooses the port. */
    static WebServer start(String mainClass, Map<String, String> environment) throws IOException {
        ProcessBuilder child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlogback.configurationFile=" + LOGGING,
                        "-Xmx512m",
                        mainClass))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        child.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        child.environment().put("PORT", "0");
        child.environment().putAll(environment);
        Process process = child.start();
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher said = ADDRESS.matcher(line);
            if (said.find()) {
                return new WebServer(process, said.group(1));
            }
        }
        throw new IllegalStateException(mainClass + " has ended; its standard error says why");
    }

    URI at(String path) {
        return URI.create(address + path);
    }

    /** How much processor time it has used so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
