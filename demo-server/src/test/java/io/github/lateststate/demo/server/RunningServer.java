package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server's jar, on a port that the system chose. */
final class RunningServer implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("The state is at (http://127\\.0\\.0\\.1:\\d+)/state");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TIME_TO_STOP = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Program program;
    private final String address;

    private RunningServer(Program program, String address) {
        this.program = program;
        this.address = address;
    }

    /** Without waiting for anything. */
    static Program program(Path directory, Map<String, String> env) throws IOException {
        Map<String, String> complete = new HashMap<>(Map.of("PORT", "0"));
        complete.putAll(env);
        return Program.start("demo.server.jar", directory, complete, List.of());
    }

    /** Waits until the server says where it listens. */
    static RunningServer start(Path directory, Map<String, String> env) throws IOException {
        Program program = program(directory, env);
        try {
            await().atMost(PATIENCE)
                    .until(() -> !program.isRunning() || addressIn(program).find());
            Matcher said = addressIn(program);
            assertThat(said.find()).as("%s%s", program.out(), program.err()).isTrue();
            return new RunningServer(program, said.group(1));
        } catch (Throwable failure) {
            program.close();
            throw failure;
        }
    }

    String address() {
        return address;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
    }

    void awaitState(int state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/state").body()).isEqualTo("{\"state\":" + state + "}"));
    }

    void awaitReady() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/health/ready").statusCode())
                        .as(program.out())
                        .isEqualTo(200));
    }

    void awaitPhase(String phase) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/state").headers().firstValue("X-State-Phase"))
                        .hasValue(phase));
    }

    /** SIGTERM, and what has been promised about it. */
    void assertStopsInTime() throws InterruptedException {
        program.terminate();
        assertThat(program.exitCode(TIME_TO_STOP)).isIn(0, 143);
    }

    String log() {
        return program.out();
    }

    String complaints() {
        return program.err();
    }

    @Override
    public void close() {
        program.close();
    }

    private static Matcher addressIn(Program program) {
        return ADDRESS.matcher(program.out());
    }
}
