package io.github.lateststate.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.docs.JavaSource.Kind;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every Java snippet compiles. Statements run, too, and so do the tests and the main method of a class that needs no
 * framework. {@link ProgramsTest}, {@link SpringBootPageTest}, {@link HotSwapPageTest} and {@link KinesisPublisherTest}
 * run the others.
 */
class JavaSnippetsTest {

    /** What a snippet says of the reader's machine and classes, and what stands for it here. */
    private static final Map<String, String> HERE = Map.of(
            "System.getenv(\"COLOUR\")", "\"green\"",
            "System.getenv()", "environment",
            "PriceMessage", "StringValue");

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("snippets")
    void itCompilesAndRuns(Snippet snippet) throws Exception {
        JavaSource source = JavaSource.of(snippet, here(snippet.code()));

        assertThat(JavaCompiler.compile(source, folder)).isEmpty();
        if (source.kind() == Kind.STATEMENTS) {
            run(source.type());
        }
        if (source.kind() == Kind.CLASS) {
            runMethods(source.type());
        }
    }

    private void run(String type) throws Exception {
        try (URLClassLoader loader = JavaCompiler.loader(folder);
                Surroundings snippet =
                        (Surroundings) loader.loadClass(type).getConstructor().newInstance()) {
            snippet.run();
        }
    }

    private void runMethods(String type) throws Exception {
        try (URLClassLoader loader = JavaCompiler.loader(folder)) {
            Class<?> snippet = loader.loadClass(type);
            if (snippet.getAnnotations().length > 0) {
                return; // a framework's
            }
            for (Method method : snippet.getDeclaredMethods()) {
                method.setAccessible(true); // not public, as in a reader's code
                if (method.isAnnotationPresent(Test.class)) {
                    Constructor<?> constructor = snippet.getDeclaredConstructor();
                    constructor.setAccessible(true);
                    method.invoke(constructor.newInstance());
                } else if (method.getName().equals("main")) {
                    method.invoke(null, (Object) new String[0]);
                }
            }
        }
    }

    private String here(String code) {
        String text = Broker.in(code).replace("/var/lib/my-service", folder.toString());
        for (Map.Entry<String, String> entry : HERE.entrySet()) {
            text = text.replace(entry.getKey(), entry.getValue());
        }
        return text;
    }

    private static List<Snippet> snippets() throws IOException {
        return Pages.snippets("java").stream()
                .filter(snippet -> !Pages.SAMPLES.containsKey(snippet.page()))
                .toList();
    }
}
