package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM that cannot write its native libraries anywhere, and so cannot load them. */
class CodecTest {

    @RegisterExtension
    static final SharedBroker broker = new SharedBroker();

    private final String topic = broker.clients().topic();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "lz4"}) // without its native library lz4 is slower
    void aBatchWhoseCodecCannotBeLoadedHidesNothingWhileFollowing(String codec) throws IOException {
        broker.clients().publish(topic, "good 0");
        try (SmallJvm.Child child = start("good 2")) {
            child.awaitReady();
            publish(codec, "good 1");
            broker.clients().publish(topic, "good 2");
            assertThat(child.line()).isEqualTo("state good 2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd"})
    void aBatchWhoseCodecCannotBeLoadedIsRejectedInTheLookBack(String codec) throws IOException {
        broker.clients().publish(topic, "good 0");
        publish(codec, "good 1");
        try (SmallJvm.Child child = start("good 0")) {
            child.awaitReady();
            assertThat(child.line()).isEqualTo("state good 0");
            assertThat(child.line()).isEqualTo("LIVE");
            assertThat(child.line()).startsWith("read ");
            assertThat(child.line()).contains("partition 0, position 1", codec, "java.io.tmpdir");
        }
    }

    /** A file in the place of the directory cannot be written to, even by a user who may do everything. */
    private SmallJvm.Child start(String expected) throws IOException {
        Path notADirectory = Files.createFile(folder.resolve("file"));
        return SmallJvm.start(broker.bootstrapServers(), topic, expected, "-Djava.io.tmpdir=" + notADirectory);
    }

    private void publish(String codec, String value) {
        try (TestClients compressing = new TestClients(broker.bootstrapServers(), Map.of("compression.type", codec))) {
            compressing.publish(topic, value);
        }
    }
}
