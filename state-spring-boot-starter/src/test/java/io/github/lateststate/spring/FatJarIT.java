package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.embedded.EmbeddedKafka;
import io.github.lateststate.spring.restarted.RestartedApplication;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.tools.Layouts;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/** An application in one jar with all that it needs, as Spring Boot's build plugins make it. On a real broker. */
class FatJarIT {

    /** Parts of the paths of jars that the starter uses if they are there. */
    private static final List<String> OPTIONAL = List.of(
            "awssdk",
            "micrometer-core",
            "spring-boot-actuator",
            "spring-boot-devtools",
            "spring-boot-health",
            "spring-boot-kafka",
            "spring-boot-micrometer",
            "spring-boot-servlet",
            "spring-boot-test",
            "spring-boot-tomcat",
            "spring-boot-web",
            "spring-test",
            "spring-web",
            "state-kinesis",
            "testcontainers",
            "tomcat",
            "tools.jackson",
            "tools/jackson");

    @TempDir
    private Path folder;

    @Test
    void theStateIsFollowedFromWithinTheJar() throws Exception {
        follow(library -> true);
    }

    @Test
    void itRunsWithoutOptionalJars() throws Exception {
        follow(library -> OPTIONAL.stream().noneMatch(library::contains));
    }

    @Test
    void withoutJacksonTheStartFailsAndSaysWhatToAdd() throws Exception {
        assertThat(Files.readString(run(library -> !library.contains("jackson"))))
                .contains("APPLICATION FAILED TO START", "'model'", "Add spring-boot-starter-jackson")
                .doesNotContain(RestartedApplication.PREFIX);
    }

    private void follow(Predicate<String> libraries) throws Exception {
        Path log = run(libraries);
        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.startsWith(RestartedApplication.PREFIX))
                .as(() -> DevToolsTest.read(log))
                .containsExactly(RestartedApplication.PREFIX + "churn 7 by LaunchedClassLoader");
    }

    /** Runs the application until it ends. Returns what it prints. */
    private Path run(Predicate<String> libraries) throws Exception {
        Path log = folder.resolve("log");
        Path jar = fatJar(libraries);
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
            DevToolsTest.sendTo(kafka.bootstrapServers());
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-jar",
                            jar.toString(),
                            "--spring.main.web-application-type=none",
                            "--application.restarts=false",
                            "--latest-state.states.model.subscriber=kafka",
                            "--latest-state.states.model.stream=models",
                            "--latest-state.states.model.settings.bootstrap.servers=" + kafka.bootstrapServers(),
                            "--latest-state.states.model.await-ready=1m")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                assertThat(program.waitFor(3, TimeUnit.MINUTES)).isTrue();
            } finally {
                program.destroyForcibly().waitFor();
            }
        }
        return log;
    }

    private Path fatJar(Predicate<String> included) throws IOException {
        List<Library> libraries = Arrays.stream(
                        System.getProperty("surefire.test.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar") && included.test(entry))
                .map(entry -> new Library(new File(entry), LibraryScope.RUNTIME))
                .toList();
        Path fat = folder.resolve("fat.jar");
        Repackager repackager = new Repackager(ownJar().toFile());
        repackager.setLayout(new Layouts.Jar());
        repackager.setMainClass(RestartedApplication.class.getName());
        repackager.repackage(fat.toFile(), callback -> {
            for (Library library : libraries) {
                callback.library(library);
            }
        });
        return fat;
    }

    /** The application's own classes. */
    private Path ownJar() throws IOException {
        Path jar = folder.resolve("own.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : RestartedApplication.FILES) {
                out.putNextEntry(new JarEntry(name));
                try (InputStream from = Objects.requireNonNull(getClass().getResourceAsStream("/" + name))) {
                    from.transferTo(out);
                }
            }
        }
        return jar;
    }
}
