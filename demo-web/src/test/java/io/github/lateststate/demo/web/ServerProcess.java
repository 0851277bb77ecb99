package io.github.lateststate.demo.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar of a server, on a port that the system chose. */
public class ServerProcess implements AutoCloseable {

    protected static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern ADDRESS = Pattern.compile("The \\w+ is at (http://127\\.0\\.0\\.1:\\d+)/");
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Program program;
    private final String address;

    /** Waits until the program says where it listens. */
    protected ServerProcess(Program program) {
        this.program = program;
        this.address = addressOf(program);
    }

    /** Without waiting for anything. */
    protected static Program program(String jarProperty, Path directory, Map<String, String> env, String... arguments)
            throws IOException {
        Map<String, String> complete = new HashMap<>(Map.of("PORT", "0"));
        complete.putAll(env);
        return Program.start(jarProperty, directory, complete, List.of(arguments));
    }

    public final String address() {
        return address;
    }

    public final HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
    }

    public final HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    public final void awaitReady() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/health/ready").statusCode())
                        .as(program.out())
                        .isEqualTo(200));
    }

    /** Sends SIGTERM, and checks what the documentation promises about it. */
    public final void assertStopsInTime() throws InterruptedException {
        program.terminate();
        assertThat(program.exitCode(TIME_TO_STOP)).isIn(0, 143);
    }

    public final String log() {
        return program.out();
    }

    public final String complaints() {
        return program.err();
    }

    @Override
    public final void close() {
        program.close();
    }

    private static String addressOf(Program program) {
        try {
            await().atMost(PATIENCE)
                    .until(() -> !program.isRunning() || addressIn(program).find());
            Matcher said = addressIn(program);
            assertThat(said.find()).as("%s%s", program.out(), program.err()).isTrue();
            return said.group(1);
        } catch (Throwable failure) {
            program.close();
            throw failure;
        }
    }

    private static Matcher addressIn(Program program) {
        return ADDRESS.matcher(program.out());
    }
}
