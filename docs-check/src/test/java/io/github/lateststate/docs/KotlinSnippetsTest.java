package io.github.lateststate.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.LatestState;
import io.github.lateststate.docs.Surroundings.Price;
import io.github.lateststate.json.JsonDecoder;
import io.github.lateststate.testing.InMemorySubscriber;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Kotlin snippets compile, with their own imports and those that are listed here, and run. */
class KotlinSnippetsTest {

    private static final String IMPORTS = """
            import io.github.lateststate.*
            import io.github.lateststate.docs.Surroundings.Price
            """;
    private static final Pattern OWN_IMPORT = Pattern.compile("^import .*\n+", Pattern.MULTILINE);

    @TempDir
    Path folder;

    @Test
    void theKotlinSnippetsCompileAndRun() throws Exception {
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
        run();
    }

    /** Calls each function, which may suspend, with a state that is ready. */
    private void run() throws Exception {
        try (URLClassLoader loader = JavaCompiler.loader(folder.resolve("classes"));
                LatestState<Price> state =
                        LatestState.builder(JsonDecoder.of(Price.class)).subscriber(new InMemorySubscriber()).stream(
                                        "prices")
                                .open()) {
            for (Method function : loader.loadClass("SnippetsKt").getDeclaredMethods()) {
                if (Modifier.isPublic(function.getModifiers())) {
                    BuildersKt.runBlocking(EmptyCoroutineContext.INSTANCE, (scope, continuation) -> {
                        try {
                            return function.invoke(null, state, continuation);
                        } catch (ReflectiveOperationException e) {
                            throw new LinkageError(function.getName(), e);
                        }
                    });
                }
            }
        }
    }
}
