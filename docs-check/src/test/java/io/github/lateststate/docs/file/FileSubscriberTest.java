package io.github.lateststate.docs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.Decoder;
import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.LatestState;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file has besides the contract: it is found by its name, its last line may be unfinished, and it is replaced. */
class FileSubscriberTest {

    @TempDir
    Path folder;

    private final RecordingSink sink = new RecordingSink(payload -> true);
    private Path file;

    @BeforeEach
    void writeTheFile() throws IOException {
        file = Files.writeString(folder.resolve("prices.log"), "one\n");
    }

    @AfterEach
    void noRuleWasBroken() {
        assertThat(sink.breaches()).isEmpty();
    }

    @Test
    void aStateChoosesItByItsName() {
        try (LatestState<String> state = LatestState.builder(Decoder.utf8()).subscriber("file").stream(file.toString())
                .open()) {
            state.awaitReady(Duration.ofSeconds(30));
            assertThat(state.get()).isEqualTo("one");
        }
    }

    @Test
    void anEnvironmentChoosesItWithAVariable() {
        try (LatestState<String> state = LatestState.builder(Decoder.utf8())
                .environment(Map.of("STATE_FILE", file.toString()))
                .open()) {
            state.awaitReady(Duration.ofSeconds(30));
            assertThat(state.get()).isEqualTo("one");
        }
    }

    @Test
    void anUnfinishedLineIsPendingAndBecomesARecordWhenItEnds() throws IOException {
        append("tw");
        try (LatestState<String> state = LatestState.builder(Decoder.utf8()).subscriber("file").stream(file.toString())
                .open()) {
            state.awaitReady(Duration.ofSeconds(30));
            assertThat(state.get()).isEqualTo("one");
            await().until(() -> state.status().newerPending());
            append("o\n");
            await().until(() -> state.get().equals("two") && !state.status().newerPending());
        }
    }

    @Test
    void aFileThatTookItsPlaceIsReadFromItsEnd() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "three\nfour\n");
        try (Subscription subscription = follow()) {
            await().until(() -> sink.accepted().equals(List.of("one")));
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            await().until(() -> sink.accepted().equals(List.of("one", "four")));
            assertThat(subscription.progress()).isNotBlank();
        }
    }

    @Test
    void aFileThatWasCutShortIsReadFromItsEnd() throws IOException {
        try (Subscription subscription = follow()) {
            await().until(() -> sink.accepted().equals(List.of("one")));
            Files.writeString(file, "2\n");
            await().until(() -> sink.accepted().equals(List.of("one", "2")));
            assertThat(subscription.progress()).isNotBlank();
        }
    }

    @Test
    void aFileWhoseReadFailsIsOpenedAgain() throws IOException {
        LineFile unreadable = LineFile.open(folder); // a folder opens, but has no bytes
        assertThat(unreadable.isStillAt(folder)).isTrue();
        assertThatThrownBy(() -> unreadable.read(0, 1)).isInstanceOf(IOException.class);
        assertThat(unreadable.isStillAt(folder)).isFalse();
    }

    @Test
    void aStreamThatIsNoPathIsRefused() {
        SubscriptionSettings noPath = new SubscriptionSettings("\0", Map.of());
        assertThatThrownBy(() -> new FileSubscriber().subscribe(noPath, sink))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("path");
    }

    private Subscription follow() {
        Subscription subscription =
                new FileSubscriber().subscribe(new SubscriptionSettings(file.toString(), Map.of()), sink);
        sink.watch(subscription);
        return subscription;
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
