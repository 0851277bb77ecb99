package io.github.lateststate.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owners are child JVMs, which the tests kill; they all share a folder for temporary files. */
final class TemporaryDirectoryTest {

    @TempDir
    private Path temporary;

    @Test
    void theNextStartDeletesTheDirectoryOfAnOwnerThatWasKilled() throws Exception {
        Path foreign = Files.createDirectory(temporary.resolve("embedded-kafka-of-somebody-else"));
        Path left;
        try (Owner killed = new Owner();
                Owner alive = new Owner()) {
            left = killed.directory();
            Path used = alive.directory();
            killed.kill();
            assertThat(left.resolve("data/0.log")).exists();

            try (Owner next = new Owner()) {
                assertThat(next.directory().resolve("data/0.log")).exists();
                assertThat(left).doesNotExist();
                assertThat(used.resolve("data/0.log")).as("its owner is alive").exists();
            }
        }
        assertThat(foreign).as("it has no lock").exists();
    }

    @Test
    void aDirectoryOfTheSameJvmIsLeftAlone() throws Exception {
        TemporaryDirectory first = TemporaryDirectory.create();
        TemporaryDirectory second = TemporaryDirectory.create();
        assertThat(first.path()).exists();

        second.delete();
        try (Owner other = new Owner(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(other.directory()).exists();
            assertThat(first.path()).as("the lock is still held").exists();
        }
        first.delete();
        first.delete();
        TemporaryDirectory.create().delete(); // deletes that of the other JVM, too

        assertThat(first.path()).doesNotExist();
        assertThat(second.path()).doesNotExist();
    }

    @Test
    void nothingBehindALinkIsDeleted(@TempDir Path elsewhere) throws Exception {
        Path kept = Files.createFile(elsewhere.resolve("kept"));
        try (Owner killed = new Owner()) {
            Files.createSymbolicLink(killed.directory().resolve("link"), elsewhere);
            Files.createSymbolicLink(temporary.resolve("embedded-kafka-link"), elsewhere);
            Files.createFile(elsewhere.resolve("owner.lock"));
            killed.kill();
            try (Owner next = new Owner()) {
                assertThat(next.directory()).exists();
                assertThat(killed.directory()).doesNotExist();
            }
        }
        assertThat(kept).exists();
    }

    @Test
    void theNextStartDeletesTheDataOfABrokerWhoseJvmWasKilled() throws Exception {
        try (Owner killed = new Owner(temporary, BrokerOwnerMain.class)) {
            assertThat(killed.directory()).isNotEmptyDirectory();
            killed.kill();
            try (Owner next = new Owner()) {
                assertThat(next.directory()).exists();
                assertThat(killed.directory()).doesNotExist();
            }
        }
    }

    /** A JVM that creates one directory, puts a file in it, and waits to be killed. */
    private final class Owner implements AutoCloseable {

        private final Process process;
        private final Path directory;

        Owner() throws Exception {
            this(temporary);
        }

        Owner(Path temporaryFiles) throws Exception {
            this(temporaryFiles, OwnerMain.class);
        }

        Owner(Path temporaryFiles, Class<?> program) throws Exception {
            ProcessBuilder command = new ProcessBuilder(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Djava.io.tmpdir=" + temporaryFiles,
                    program.getName()));
            command.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            directory =
                    Path.of(new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                            .lines()
                            .filter(line -> line.startsWith("/"))
                            .findFirst()
                            .orElseThrow());
        }

        Path directory() {
            return directory;
        }

        void kill() {
            process.destroyForcibly().onExit().join();
        }

        @Override
        public void close() {
            kill();
        }
    }

    /** The program of an owner whose directory is a broker's. */
    static final class BrokerOwnerMain {

        private BrokerOwnerMain() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println(EmbeddedKafka.builder().start().directory());
            System.in.read();
        }
    }

    /** The program of an owner. */
    static final class OwnerMain {

        private OwnerMain() {}

        public static void main(String[] arguments) throws Exception {
            Path path = TemporaryDirectory.create().path();
            Files.createDirectory(path.resolve("data"));
            Files.createFile(path.resolve("data/0.log"));
            System.out.println(path);
            System.in.read();
        }
    }
}
