package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.lateststate.spi.StateRecord;
import io.github.lateststate.testing.InMemorySubscriber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens to a snapshot if its disk is full, its process may have no more threads, or another process writes it
 * too.
 */
class SnapshotWriterTest {

    @TempDir
    private Path folder;

    private Path file;
    private final LogCapture log = new LogCapture();

    @BeforeEach
    void chooseFile() {
        file = folder.resolve("new/model.snapshot");
    }

    @AfterEach
    void releaseLog() {
        log.close();
    }

    @Test
    void aSecondWriterLogsAWarningAndWritesOnceTheFirstHasGone() {
        InMemorySubscriber broker = new InMemorySubscriber();
        InMemorySubscriber another = new InMemorySubscriber();
        try (LatestState<String> second = open(another)) {
            try (LatestState<String> first = open(broker)) {
                broker.push("v7");
                await().until(() -> Files.exists(file));
                another.push("w1");
                await().untilAsserted(() -> assertThat(log.messages(Level.WARN))
                        .anySatisfy(line -> assertThat(line).contains("another state writes it", file.toString())));
                assertThat(first.get()).isEqualTo("v7");
            }
            await().until(() -> served().equals("w1"));
            another.push("w2");
            assertThat(second.get()).isEqualTo("w2");
        }
        assertThat(served()).isEqualTo("w2");
    }

    @Test
    void aHalfWrittenFileOfAnEarlierRunIsDeleted() throws IOException {
        Files.createDirectories(file.getParent());
        Path leftover = Files.writeString(file.resolveSibling("model.snapshot.123456.tmp"), "half");
        Path other = Files.writeString(file.resolveSibling("model.snapshot.mine.tmp"), "another's");
        InMemorySubscriber broker = new InMemorySubscriber();
        try (LatestState<String> state = open(broker)) {
            broker.push("v7");
            assertThat(state.get()).isEqualTo("v7");
        }
        assertThat(leftover).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void aWriterWritesAsSoonAsAThreadCanBeStarted() {
        AtomicBoolean full = new AtomicBoolean(true);
        SnapshotFile snapshot = new SnapshotFile(file, "test", null, TimeSource.SYSTEM);
        SnapshotWriter writer = new SnapshotWriter(snapshot, task -> {
            if (full.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(task);
        });
        writer.write(ManualSubscriber.record("0", 1, 1, "v1"));
        writer.write(ManualSubscriber.record("0", 2, 2, "v2"));
        full.set(false);
        writer.tryAgain();
        writer.close();
        assertThat(new SnapshotFile(file, "test", null, TimeSource.SYSTEM).read())
                .map(StateRecord::position)
                .contains("2");
    }

    @Test
    void aFullDiskCausesOnlyAWarning() throws IOException {
        Files.writeString(folder.resolve("new"), "a file where the folder should be");
        InMemorySubscriber broker = new InMemorySubscriber();
        try (LatestState<String> state = open(broker)) {
            broker.push("v7");
            broker.push("v8");
            assertThat(state.get()).isEqualTo("v8");
        }
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("Cannot write the snapshot");
    }

    @Test
    void aFailedWriteIsTriedAgainUntilItWorks() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("new"), "a file where the folder should be");
        InMemorySubscriber broker = new InMemorySubscriber();
        try (LatestState<String> state = open(broker)) {
            broker.push("v7");
            await().until(() -> !log.messages(Level.WARN).isEmpty());
            Files.delete(inTheWay);
            await().until(() -> Files.exists(file));
            assertThat(state.get()).isEqualTo("v7");
        }
        assertThat(served()).isEqualTo("v7");
    }

    @Test
    void aWriterThatAnInterruptedThreadClosesLetsTheNextOneWrite() {
        SnapshotWriter writer =
                new SnapshotWriter(new SnapshotFile(file, "test", null, TimeSource.SYSTEM), Thread::new);
        writer.write(ManualSubscriber.record("0", 1, 1, "v1"));
        Thread.currentThread().interrupt();
        writer.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(file).exists();
        SnapshotFile next = new SnapshotFile(file, "test", null, TimeSource.SYSTEM);
        await().ignoreException(IOException.class).until(() -> {
            next.write(ManualSubscriber.record("0", 2, 2, "v2"));
            return true;
        });
        assertThat(next.read()).map(StateRecord::position).contains("2");
        next.close();
    }

    @Test
    void aRecordThatIsTooLargeCausesOneWarningAndTheNextOneIsSaved() {
        InMemorySubscriber broker = new InMemorySubscriber();
        try (LatestState<String> state = open(broker)) {
            broker.push("v7");
            await().until(() -> Files.exists(file));
            broker.push(
                    new byte[1 + (int) Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8)]);
            await().untilAsserted(() -> assertThat(log.messages(Level.WARN)).hasSize(1));
            broker.push("v9");
            await().until(() -> saved().equals("v9"));
            assertThat(state.get()).isEqualTo("v9");
        }
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("Cannot save the state", "at most");
    }

    @Test
    void aReaderNeverSeesADamagedFileWhileTwoStatesAndAnotherProcessWriteIt() throws Exception {
        InMemorySubscriber one = new InMemorySubscriber();
        InMemorySubscriber other = new InMemorySubscriber();
        SnapshotFile reader = new SnapshotFile(file, "in-memory 'models'", null, TimeSource.SYSTEM);
        int read = 0;
        try (LatestState<String> first = open(one);
                ChildJvm another = ChildJvm.start(WritesAndStops.class, "-Xmx64m", file.toString());
                LatestState<String> second = open(other)) {
            for (int i = 0; i < 2_000; i++) {
                one.push(payload(i));
                other.push(payload(i));
                read += reader.read().isPresent() ? 1 : 0;
            }
            assertThat(another.line()).isEqualTo("done");
            assertThat(first.get()).isEqualTo(second.get());
        }
        assertThat(read).isPositive();
        assertThat(log.messages(Level.WARN))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("another state writes it"));
    }

    /** The child. A state with the same snapshot. */
    static final class WritesAndStops {

        private WritesAndStops() {}

        public static void main(String[] args) {
            InMemorySubscriber broker = new InMemorySubscriber();
            try (LatestState<String> state = open(broker, Path.of(args[0]))) {
                for (int i = 0; i < 2_000; i++) {
                    broker.push(payload(i));
                }
                ChildJvm.say(state.value().isPresent() ? "done" : "nothing");
            }
        }
    }

    /** Payloads have different lengths, so a mix of two is never complete. */
    private static String payload(int number) {
        return Integer.toString(number).repeat(1 + number * 7919 % 5_000);
    }

    private String saved() {
        return new SnapshotFile(file, "in-memory 'models'", null, TimeSource.SYSTEM)
                .read()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .orElse("");
    }

    private String served() {
        InMemorySubscriber away = new InMemorySubscriber();
        away.interrupt(new IOException("the broker is away"));
        try (LatestState<String> state = open(away)) {
            return state.get();
        }
    }

    private LatestState<String> open(InMemorySubscriber broker) {
        return open(broker, file);
    }

    private static LatestState<String> open(InMemorySubscriber broker, Path snapshot) {
        return LatestState.builder(ManualSubscriber.TEXT).subscriber(broker).stream("models")
                .snapshot(snapshot)
                .open();
    }
}
