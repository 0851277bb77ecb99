package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lateststate.spi.StateRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may write a snapshot, and what a failed try leaves behind. */
class SnapshotLockTest {

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("model.snapshot");
    }

    @Test
    void aSecondWriterInThisJvmDoesNotLetAnotherProcessIn() throws IOException {
        try (SnapshotFile first = snapshot(file);
                SnapshotFile second = snapshot(file)) {
            write(first);
            assertRefused(second);
            assertThat(triedByAnotherProcess()).contains("another state writes it");
        }
        assertThat(triedByAnotherProcess()).isEqualTo("written");
    }

    @Test
    void twoNamesOfOneFolderShareTheLock() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-link"), folder);
        try (SnapshotFile first = snapshot(file);
                SnapshotFile second = snapshot(link.resolve("model.snapshot"))) {
            write(first);
            assertRefused(second);
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void onlyItsOwnerMayOpenTheLock() throws IOException {
        try (SnapshotFile first = snapshot(file)) {
            write(first);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(file + ".lock"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aTryThatRunsOutOfMemoryLeavesNoFile() throws IOException {
        try (ChildJvm child =
                ChildJvm.start(Tries.class, "-XX:MaxDirectMemorySize=1m", file.toString(), Integer.toString(8 << 20))) {
            assertThat(child.line()).contains("OutOfMemoryError");
        }
        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactly("model.snapshot.lock");
        }
    }

    @Test
    void aRecordThatIsFarTooLargeIsNotCopied() throws IOException {
        try (ChildJvm child = ChildJvm.start(Tries.class, "-Xmx64m", file.toString(), Integer.toString(24 << 20))) {
            assertThat(child.line()).contains("TooLargeException");
        }
    }

    private String triedByAnotherProcess() throws IOException {
        try (ChildJvm child = ChildJvm.start(Tries.class, "-Xmx64m", file.toString(), "10")) {
            return child.line();
        }
    }

    private static void assertRefused(SnapshotFile second) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> write(second))
                .withMessageContaining("another state writes it");
    }

    private static void write(SnapshotFile snapshot) throws IOException {
        snapshot.write(ManualSubscriber.record("0", 1, 1, "v1"));
    }

    private static SnapshotFile snapshot(Path path) {
        return new SnapshotFile(path, "test", null, TimeSource.SYSTEM);
    }

    /** The child. Writes once, and reports the result. */
    static final class Tries {

        private Tries() {}

        public static void main(String[] args) {
            try (SnapshotFile snapshot = snapshot(Path.of(args[0]))) {
                byte[] value = new byte[Integer.parseInt(args[1])];
                snapshot.write(new StateRecord("0", "1", Instant.EPOCH, null, value, Map.of()));
                ChildJvm.say("written");
            } catch (IOException | OutOfMemoryError e) {
                ChildJvm.say(e.toString());
            }
        }
    }
}
