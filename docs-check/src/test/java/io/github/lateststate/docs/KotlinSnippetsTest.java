package io.github.lateststate.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kotlin snippets compile, with the imports that are listed here. */
class KotlinSnippetsTest {

    private static final String IMPORTS = """
            import io.github.lateststate.*
            import io.github.lateststate.docs.Surroundings.Price
            import kotlinx.coroutines.channels.awaitClose
            import kotlinx.coroutines.flow.*
            import kotlinx.coroutines.future.await
            import kotlinx.coroutines.jdk9.asFlow
            """;

    @TempDir
    Path folder;

    @Test
    void theyCompile() throws IOException {
        StringBuilder source = new StringBuilder(IMPORTS);
        for (Snippet snippet : Pages.snippets("kotlin")) {
            source.append("suspend fun ")
                    .append(snippet.toString().replaceAll("\\W", "_"))
                    .append("(state: LatestState<Price>) {\n")
                    .append(snippet.code())
                    .append("}\n");
        }
        Path file = Files.writeString(folder.resolve("Snippets.kt"), source);
        ByteArrayOutputStream output = new ByteArrayOutputStream();

        ExitCode end = new K2JVMCompiler()
                .exec(
                        new PrintStream(output, true, StandardCharsets.UTF_8),
                        "-no-stdlib",
                        "-no-reflect",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.resolve("classes").toString(),
                        file.toString());

        assertThat(end).as(output.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
    }
}
