package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.lateststate.testing.InMemorySubscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {

    @TempDir
    private Path folder;

    private Path file;
    private final ManualClock clock = new ManualClock();
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
    void aServiceStartsFromASnapshotWhileTheBrokerIsAwayAndSaysSo() {
        saveAnEarlierRun("v7");
        InMemorySubscriber away = brokerThatIsAway();
        try (LatestState<String> state = open(away)) {
            state.awaitReady(Duration.ZERO);
            assertThat(state.get()).isEqualTo("v7");
            assertThat(state.current().source()).isEqualTo(Source.SNAPSHOT);
            assertThat(state.current().origin().orElseThrow().position()).isEqualTo("0");
            assertThat(state.status().fromSnapshot()).isTrue();
            assertThat(state.status().ready()).isTrue();
            assertThat(state.status().phase()).isEqualTo(Phase.INTERRUPTED);
        }
    }

    @Test
    void aRecordOfTheStreamReplacesTheSnapshot() throws InterruptedException {
        saveAnEarlierRun("v7");
        InMemorySubscriber broker = brokerThatIsAway();
        LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
        try (LatestState<String> state = open(broker)) {
            state.listen(current -> received.add(current.toString()));
            assertThat(received.poll(10, TimeUnit.SECONDS)).startsWith("v7").endsWith("saved by an earlier run");
            broker.push("v8");
            broker.restore();
            assertThat(received.poll(10, TimeUnit.SECONDS)).startsWith("v8");
            assertThat(state.get()).isEqualTo("v8");
            assertThat(state.current().source()).isNotEqualTo(Source.SNAPSHOT);
            assertThat(state.status().fromSnapshot()).isFalse();
            assertThat(state.status().phase()).isEqualTo(Phase.LIVE);
        }
        assertThat(served()).isEqualTo("v8");
    }

    @Test
    void anEmptyStreamDoesNotRemoveTheSnapshotState() {
        saveAnEarlierRun("v7");
        try (LatestState<String> state = open(new InMemorySubscriber())) {
            assertThat(state.status().phase()).isEqualTo(Phase.LIVE);
            assertThat(state.get()).isEqualTo("v7");
            assertThat(state.status().fromSnapshot()).isTrue();
        }
    }

    @Test
    void aTombstoneIsSavedToo() {
        InMemorySubscriber broker = new InMemorySubscriber();
        try (LatestState<String> state = open(broker)) {
            broker.push("v7");
            broker.pushTombstone();
            assertThat(state.value()).isEmpty();
        }
        try (LatestState<String> state = open(brokerThatIsAway())) {
            assertThat(state.value()).isEmpty();
            assertThatThrownBy(state::get).hasMessageContaining("tombstone");
        }
    }

    @Test
    void aRejectedRecordIsNotSaved() {
        InMemorySubscriber broker = new InMemorySubscriber();
        try (LatestState<String> state = open(broker)) {
            broker.push("v7");
            broker.push("bad");
            assertThat(state.get()).isEqualTo("v7");
        }
        assertThat(served()).isEqualTo("v7");
    }

    @Test
    void aSnapshotOfAnotherStreamIsNotUsed() {
        saveAnEarlierRun("v7");
        assertNotUsed(builder(brokerThatIsAway()).stream("prices").snapshot(file), "'models'", "'prices'");
    }

    @Test
    void aSnapshotThatIsTooOldIsNotUsed() {
        saveAnEarlierRun("v7");
        clock.advance(Duration.ofHours(2));
        assertNotUsed(builder(brokerThatIsAway()).snapshot(file, Duration.ofHours(1)), "the greatest age is PT1H");
        try (LatestState<String> state =
                builder(brokerThatIsAway()).snapshot(file, Duration.ofHours(3)).open()) {
            assertThat(state.get()).isEqualTo("v7");
        }
    }

    @Test
    void aDamagedSnapshotIsNotUsed() throws IOException {
        saveAnEarlierRun("v7");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertNotUsed(builder(brokerThatIsAway()).snapshot(file), "checksum");
    }

    @Test
    void aSnapshotThatTheDecoderNoLongerUnderstandsIsNotUsed() {
        saveAnEarlierRun("v7");
        assertNotUsed(
                LatestState.<String>builder((payload, origin) -> null).subscriber(brokerThatIsAway()).stream("models")
                        .clock(clock)
                        .snapshot(file),
                "the decoder returned null");
    }

    @Test
    void aHugeMaxAgeIsAccepted() {
        saveAnEarlierRun("v7");
        try (LatestState<String> state = builder(brokerThatIsAway())
                .snapshot(file, Duration.ofSeconds(Long.MAX_VALUE))
                .open()) {
            assertThat(state.get()).isEqualTo("v7");
        }
    }

    @Test
    void aLockThatIsNotARegularFileIsNotOpened() throws Exception {
        Files.createDirectories(file.getParent());
        assertThat(new ProcessBuilder("mkfifo", file + ".lock").start().waitFor())
                .isZero();
        saveAnEarlierRun("v7");
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains(".lock is not a regular file");
    }

    @Test
    void onlyTheOwnerMayReadASnapshotAndAPlantedLinkIsNotFollowed() throws IOException {
        Files.createDirectories(file.getParent());
        Path target = Files.writeString(folder.resolve("target"), "precious");
        Files.createSymbolicLink(file.resolveSibling("model.snapshot.tmp"), target);
        saveAnEarlierRun("v7");
        assertThat(target).hasContent("precious");
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void aSnapshotThatCannotBeReadIsNotUsed() throws IOException {
        Files.createDirectories(file);
        assertNotUsed(builder(brokerThatIsAway()).snapshot(file), file.toString());
    }

    @Test
    void withoutASnapshotNothingIsServedBeforeTheBrokerAnswers() {
        try (LatestState<String> state = open(brokerThatIsAway())) {
            assertThat(state.value()).isEmpty();
            assertThat(state.status().ready()).isFalse();
        }
        assertThat(log.messages(Level.WARN)).noneMatch(message -> message.contains("snapshot"));
    }

    private void assertNotUsed(LatestStateBuilder<String> builder, String... reasons) {
        try (LatestState<String> state = builder.open()) {
            assertThat(state.value()).isEmpty();
            assertThat(state.status().ready()).isFalse();
            assertThat(state.status().fromSnapshot()).isFalse();
        }
        assertThat(log.messages(Level.WARN))
                .filteredOn(message -> message.contains("is not used"))
                .singleElement()
                .asString()
                .contains(reasons);
    }

    private void saveAnEarlierRun(String payload) {
        InMemorySubscriber broker = new InMemorySubscriber();
        try (LatestState<String> state = open(broker)) {
            broker.push(payload);
            assertThat(state.current().source()).isNotEqualTo(Source.SNAPSHOT);
        }
    }

    private String served() {
        try (LatestState<String> state = open(brokerThatIsAway())) {
            return state.get();
        }
    }

    private LatestState<String> open(InMemorySubscriber broker) {
        return builder(broker).snapshot(file).open();
    }

    private LatestStateBuilder<String> builder(InMemorySubscriber broker) {
        return LatestState.builder(ManualSubscriber.TEXT).subscriber(broker).stream("models")
                .clock(clock);
    }

    private static InMemorySubscriber brokerThatIsAway() {
        InMemorySubscriber broker = new InMemorySubscriber();
        broker.interrupt(new IOException("the broker is away"));
        return broker;
    }
}
