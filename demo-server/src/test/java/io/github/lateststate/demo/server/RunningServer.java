package io.github.lateststate.demo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.demo.web.Program;
import io.github.lateststate.demo.web.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The server's jar, on a port that the system chose. */
final class RunningServer extends ServerProcess {

    private RunningServer(Program program) {
        super(program);
    }

    /** Without waiting for anything. */
    static Program program(Path directory, Map<String, String> env, String... arguments) throws IOException {
        return program("demo.server.jar", directory, env, arguments);
    }

    /** Waits until the server says where it listens. */
    static RunningServer start(Path directory, Map<String, String> env) throws IOException {
        return new RunningServer(program(directory, env));
    }

    void awaitState(int state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/state").body()).isEqualTo("{\"state\":" + state + "}"));
    }

    void awaitPhase(String phase) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get("/state").headers().firstValue("X-State-Phase"))
                        .hasValue(phase));
    }
}
