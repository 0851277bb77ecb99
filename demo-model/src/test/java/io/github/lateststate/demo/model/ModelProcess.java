package io.github.lateststate.demo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lateststate.demo.web.Program;
import io.github.lateststate.demo.web.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The runnable jar: as the server, or as the command that trains. */
final class ModelProcess extends ServerProcess {

    private static final String JAR = "demo.model.jar";

    private ModelProcess(Program program) {
        super(program);
    }

    /** Waits until the server says where it listens. */
    static ModelProcess serve(Path directory, Map<String, String> env) throws IOException {
        return new ModelProcess(program(JAR, directory, env, "serve"));
    }

    /** Waits for the end of the look-back: from then on the topic exists. */
    void awaitLookBack() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(TestApi.json(get("/health/live"))
                                .at("/state/ready")
                                .booleanValue())
                        .isTrue());
    }

    /** Waits until the version is published. */
    static String train(Path directory, Map<String, String> env, String version) throws Exception {
        List<String> arguments = List.of("train", "--version", version);
        try (Program training = Program.start(JAR, directory, env, arguments)) {
            assertThat(training.exitCode()).as(training.err()).isZero();
            assertThat(training.err()).isEmpty();
            return training.out();
        }
    }

    JsonNode model() throws Exception {
        return TestApi.json(get("/health/ready")).path("model");
    }

    void awaitVersion(String version) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(predictedBy()).as(log()).isEqualTo(version));
    }

    /** The version in the answer to a prediction. */
    String predictedBy() throws Exception {
        return TestApi.json(post("/predict", TestApi.SETOSA)).path("version").asText();
    }

    void awaitRefused(String version) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(model().path("phase").asText()).isEqualTo("RETRYING");
            assertThat(model().at("/lastFailure/version").asText()).isEqualTo(version);
        });
    }
}
