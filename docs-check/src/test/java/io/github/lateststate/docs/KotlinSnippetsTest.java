package io.github.lateststate.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kotlin snippets compile, with their own imports and those that are listed here. */
class KotlinSnippetsTest {

    private static final String IMPORTS = """
            import io.github.lateststate.*
            import io.github.lateststate.docs.Surroundings.Price
            """;
    private static final Pattern OWN_IMPORT = Pattern.compile("^import .*\n+", Pattern.MULTILINE);

    @TempDir
    Path folder;

    @Test
    void theKotlinSnippetsCompile() throws IOException {
        Set<String> imports = new LinkedHashSet<>(); // Kotlin refuses the same one twice
        StringBuilder functions = new StringBuilder();
        for (Snippet snippet : Pages.snippets("kotlin")) {
            OWN_IMPORT
                    .matcher(snippet.code())
                    .results()
                    .forEach(found -> imports.add(found.group().strip()));
            functions
                    .append("suspend fun ")
                    .append(snippet.toString().replaceAll("\\W", "_"))
                    .append("(state: LatestState<Price>) {\n")
                    .append(OWN_IMPORT.matcher(snippet.code()).replaceAll(""))
                    .append("}\n");
        }
        String source = IMPORTS + String.join("\n", imports) + "\n" + functions;
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
