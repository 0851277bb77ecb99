package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.lateststate.LatestState;
import io.github.lateststate.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM that cannot write its native libraries to the disk, and so cannot load them. */
class CodecTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private final String topic = broker.clients().topic();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "snappy, false",
        "zstd, false",
        "lz4, false", // without its native library lz4 is only slower
        "snappy, true",
        "zstd, true"
    })
    void aBatchWhoseCodecCannotBeLoadedHidesNothingWhileFollowing(String codec, boolean shared) throws IOException {
        broker.clients().publish(topic, "good 0");
        try (SmallJvm.Child child = start("good 2", shared)) {
            child.awaitReady();
            publish(codec, "good 1");
            broker.clients().publish(topic, "good 2");
            assertThat(child.line()).isEqualTo("state good 2");
        }
    }

    @ParameterizedTest
    @CsvSource({"snappy, false", "zstd, false", "snappy, true", "zstd, true"})
    void aBatchWhoseCodecCannotBeLoadedIsRejectedInTheLookBack(String codec, boolean shared) throws IOException {
        broker.clients().publish(topic, "good 0");
        publish(codec, "good 1");
        try (SmallJvm.Child child = start("good 0", shared)) {
            child.awaitReady();
            assertThat(child.line()).isEqualTo("state good 0");
            assertThat(child.line()).isEqualTo("LIVE");
            assertThat(child.line()).startsWith("read ");
            assertThat(child.line()).contains("partition 0, position 1", codec, "java.io.tmpdir");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd"})
    void aNeighbourWithTheSameClientsIsNotDisturbed(String codec) throws IOException {
        String neighbour = broker.clients().topic();
        broker.clients().publish(topic, "good 0");
        broker.clients().publish(neighbour, "good 0");
        List<String> arguments = List.of(broker.bootstrapServers(), topic, neighbour);
        try (SmallJvm.Child child = SmallJvm.start(Neighbours.class, arguments, noCodecs())) {
            child.awaitReady();
            publish(codec, "good 1");
            broker.clients().publish(topic, "good 2");
            broker.clients().publish(neighbour, "good 1");
            assertThat(child.line()).isEqualTo("good 2");
            assertThat(child.line()).isEqualTo("good 1, LIVE, 0 rejected, 0 reconnects");
        }
    }

    /** The child: two states with the same clients. */
    static final class Neighbours {

        private Neighbours() {}

        public static void main(String[] args) {
            try (LatestState<String> state = shared(args[0], args[1]);
                    LatestState<String> neighbour = shared(args[0], args[2])) {
                state.awaitReady(SmallJvm.PATIENCE);
                neighbour.awaitReady(SmallJvm.PATIENCE);
                SmallJvm.say(SmallJvm.READY);
                await().atMost(SmallJvm.PATIENCE).until(() -> state.get().equals("good 2"));
                SmallJvm.say(state.get());
                await().atMost(SmallJvm.PATIENCE).until(() -> neighbour.get().equals("good 1"));
                Status status = neighbour.status();
                SmallJvm.say(neighbour.get() + ", " + status.phase() + ", " + status.rejected() + " rejected, "
                        + status.reconnects() + " reconnects");
            }
        }

        private static LatestState<String> shared(String bootstrapServers, String topic) {
            return SmallJvm.following(bootstrapServers, topic)
                    .setting("state.share.clients", "true")
                    .open();
        }
    }

    private SmallJvm.Child start(String expected, boolean shared) throws IOException {
        return SmallJvm.start(
                broker.bootstrapServers(), topic, expected, noCodecs(), "-D" + SmallJvm.SHARED + "=" + shared);
    }

    /** Even a user with all rights cannot write into a path where a file replaces the directory. */
    private String noCodecs() throws IOException {
        return "-Djava.io.tmpdir=" + Files.createFile(folder.resolve("file"));
    }

    private void publish(String codec, String value) {
        try (TestClients compressing = new TestClients(broker.bootstrapServers(), Map.of("compression.type", codec))) {
            compressing.publish(topic, value);
        }
    }
}
