package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import io.github.lateststate.testing.InMemorySubscriber;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attacker may put in the place of a snapshot. The process that opens it has a small heap. */
@Timeout(
        value = 5,
        unit = TimeUnit.MINUTES,
        threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // opening a FIFO never ends
class SnapshotPathTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {10L << 30, 1L << 30, (8 << 20) + 1})
    void aFileThatIsTooLargeIsNotRead(long bytes) throws IOException {
        Path large = folder.resolve("model.snapshot");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(bytes);
        }
        assertNotUsed(large, "it has " + bytes + " bytes; a snapshot has at most");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/null"})
    void aDeviceIsNotOpened(String device) throws IOException {
        assertNotUsed(Path.of(device), "it is not a regular file");
    }

    @Test
    void aLinkToADeviceIsNotOpened() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("model.snapshot"), Path.of("/dev/zero"));
        assertNotUsed(link, "it is not a regular file");
    }

    @Test
    void aFifoIsNotOpened() throws Exception {
        Path fifo = folder.resolve("model.snapshot");
        makeFifo(fifo);
        assertNotUsed(fifo, "it is not a regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "FIFO", "socket", "link to a FIFO"})
    void onlyARegularFileIsReadOrReplaced(String kind) throws Exception {
        Path path = folder.resolve("model.snapshot");
        try (AutoCloseable made = make(kind, path);
                SnapshotFile snapshot = new SnapshotFile(path, "test", null, TimeSource.SYSTEM)) {
            assertThat(snapshot.read()).isEmpty();
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> snapshot.write(ManualSubscriber.record("0", 1, 1, "v1")))
                    .withMessageContaining("not a regular file");
            assertThat(path).exists();
            assertThat(Files.isRegularFile(path)).isFalse();
            assertThat(made).isNotNull();
        }
    }

    @Test
    void aFolderMayBeALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("target")));
        try (SnapshotFile snapshot =
                new SnapshotFile(link.resolve("model.snapshot"), "test", null, TimeSource.SYSTEM)) {
            snapshot.write(ManualSubscriber.record("0", 1, 1, "v1"));
            assertThat(snapshot.read()).isPresent();
        }
    }

    private AutoCloseable make(String kind, Path path) throws Exception {
        switch (kind) {
            case "folder" -> Files.createDirectory(path);
            case "FIFO" -> makeFifo(path);
            case "socket" -> {
                return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
            }
            default -> {
                makeFifo(folder.resolve("fifo"));
                Files.createSymbolicLink(path, folder.resolve("fifo"));
            }
        }
        return () -> {};
    }

    private static void makeFifo(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    private static void assertNotUsed(Path path, String reason) throws IOException {
        try (ChildJvm child = ChildJvm.start(Opens.class, "-Xmx64m", path.toString())) {
            assertThat(child.line()).contains("is not used", reason);
            assertThat(child.line()).isEqualTo("Optional.empty LIVE");
        }
    }

    /** The child. */
    static final class Opens {

        private Opens() {}

        public static void main(String[] args) {
            InMemorySubscriber broker = new InMemorySubscriber();
            try (LogCapture log = new LogCapture();
                    LatestState<String> state = LatestState.builder(ManualSubscriber.TEXT).subscriber(broker).stream(
                                    "models")
                            .snapshot(Path.of(args[0]))
                            .open()) {
                ChildJvm.say(String.join(" ", log.messages(Level.WARN)));
                ChildJvm.say(state.value() + " " + state.status().phase());
            }
        }
    }
}
