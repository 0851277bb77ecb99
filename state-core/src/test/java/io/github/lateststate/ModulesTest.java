package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonView;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler.CompilationTask;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the module of a user of the library must require. It is compiled with all warnings, which are errors. */
class ModulesTest {

    private static final List<Class<?>> NEEDED = List.of(LatestState.class, LoggerFactory.class, NullMarked.class);

    @TempDir
    private Path directory;

    @Test
    void aModuleWithoutJacksonAndMicrometerRequiresOnlyTheLibrary() throws IOException {
        assertThat(complaints(NEEDED, "module user { requires io.github.lateststate; }", """
                        final class Use {
                            static io.github.lateststate.Phase phase(io.github.lateststate.LatestState<?> state) {
                                return state.status().phase();
                            }
                        }
                        """))
                .isEmpty();
    }

    @Test
    void aModuleThatUsesMicrometerRequiresItToo() throws IOException {
        assertThat(complaints(and(MeterRegistry.class, Observation.class, KeyValue.class), """
                        @SuppressWarnings("requires-automatic")
                        module user {
                            requires io.github.lateststate;
                            requires micrometer.core;
                        }
                        """, """
                        final class Use {
                            static void measure(
                                    io.github.lateststate.LatestState<?> state,
                                    io.micrometer.core.instrument.MeterRegistry registry) {
                                new io.github.lateststate.metrics.LatestStateMetrics(state).bindTo(registry);
                            }
                        }
                        """))
                .isEmpty();
    }

    @Test
    void aModuleThatUsesJacksonRequiresItToo() throws IOException {
        assertThat(complaints(and(ObjectMapper.class, JsonParser.class, JsonView.class), """
                        module user {
                            requires io.github.lateststate;
                            requires com.fasterxml.jackson.databind;
                        }
                        """, """
                        final class Use {
                            static final io.github.lateststate.Decoder<Integer> DECODER =
                                    io.github.lateststate.json.JsonDecoder.of(Integer.class);
                        }
                        """))
                .isEmpty();
    }

    private String complaints(List<Class<?>> modulePath, String moduleInfo, String use) throws IOException {
        StringWriter complaints = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Path[] sources = {
                Files.writeString(directory.resolve("module-info.java"), moduleInfo),
                Files.writeString(directory.resolve("Use.java"), inPackage(use))
            };
            List<String> options = List.of(
                    "-Xlint:all", "-Werror", "-proc:none", "-d", directory.toString(), "-p", pathOf(modulePath));
            CompilationTask task =
                    compiler.getTask(complaints, files, null, options, null, files.getJavaFileObjects(sources));
            boolean compiled = task.call();
            assertThat(compiled).as(complaints.toString()).isTrue();
        }
        return complaints.toString();
    }

    private static String inPackage(String use) {
        return "package user;\n" + use;
    }

    private static List<Class<?>> and(Class<?>... more) {
        return Stream.concat(NEEDED.stream(), Stream.of(more)).toList();
    }

    private static String pathOf(List<Class<?>> types) {
        return types.stream()
                .map(type -> new File(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
