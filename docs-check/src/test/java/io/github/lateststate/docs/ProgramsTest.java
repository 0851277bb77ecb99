package io.github.lateststate.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.docs.JavaSource.Kind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole programs of the README run as they stand, and go on until someone stops them. */
class ProgramsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("programs")
    void itPrintsTheCurrentValueAndEachNewerOne(Snippet snippet) throws Exception {
        JavaSource source = JavaSource.of(snippet, Broker.in(snippet.code()));
        assertThat(JavaCompiler.compile(source, folder)).isEmpty();
        for (Snippet properties : Pages.snippets("properties")) {
            if (properties.page().equals(snippet.page())) {
                Files.writeString(folder.resolve("application.properties"), Broker.in(properties.code()));
            }
        }
        Path output = folder.resolve("output");
        Broker.publish("state", "{\"state\":7,\"text\":\"some text\"}");
        Process program = start(source.type(), output);
        try {
            await().atMost(PATIENCE).until(() -> Files.readString(output).contains("state=7"));
            Broker.publish("state", "{\"state\":8,\"text\":\"some text\"}");
            await().atMost(PATIENCE).until(() -> Files.readString(output).contains("state=8"));
            assertThat(program.isAlive()).isTrue();
        } finally {
            program.destroyForcibly().waitFor();
        }
    }

    private Process start(String type, Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + File.pathSeparator + System.getProperty("java.class.path"),
                        // the reader has one broker module on the class path, and we have two
                        "-Dlatest-state.states.demo.subscriber=kafka",
                        type)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static List<Snippet> programs() throws IOException {
        List<Snippet> programs = Pages.snippets("java").stream()
                .filter(snippet -> !Pages.SAMPLES.containsKey(snippet.page()))
                .filter(snippet -> JavaSource.of(snippet, snippet.code()).kind() == Kind.PROGRAM)
                .toList();
        assertThat(programs).as("plain Java, and Spring Boot").hasSize(2);
        return programs;
    }
}
