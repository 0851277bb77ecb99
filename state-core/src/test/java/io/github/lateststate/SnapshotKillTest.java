package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.lateststate.spi.StateRecord;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process at random points that only writes one snapshot after another. */
class SnapshotKillTest {

    private static final int KILLS = 200;
    private static final int PAYLOAD_BYTES = 300_000;
    private static final long LATEST_KILL_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    @TempDir
    private Path folder;

    @Test
    void theFileStaysCompleteWhenItsWriterIsKilled() throws Exception {
        Path path = folder.resolve("snapshot");
        Random random = new Random(7);
        long last = -1;
        try (LogCapture log = new LogCapture()) {
            for (int kill = 0; kill < KILLS; kill++) {
                killAfter(random.nextLong(LATEST_KILL_NANOS), path, last + 1);
                StateRecord record = file(path).read().orElseThrow();
                long number = Long.parseLong(record.position());
                assertThat(number).isGreaterThan(last);
                assertThat(record.value()).isEqualTo(payload(number));
                last = number;
            }
            assertThat(log.messages(Level.WARN)).isEmpty();
        }
    }

    /** Kills the writer some time after its first write. */
    private static void killAfter(long nanos, Path path, long first) throws IOException, InterruptedException {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        classPathWithoutLogback(),
                        Writer.class.getName(),
                        path.toString(),
                        Long.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(writer.getInputStream().read()).isEqualTo('w');
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    /** Logback would take longer to start than all the rest. */
    private static String classPathWithoutLogback() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("logback"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static SnapshotFile file(Path path) {
        return new SnapshotFile(path, "test", null, TimeSource.SYSTEM);
    }

    private static byte[] payload(long number) {
        return Long.toString(number)
                .repeat(PAYLOAD_BYTES)
                .substring(0, PAYLOAD_BYTES)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The child. Reports that the first snapshot is written, and writes on until it is killed. */
    static final class Writer {

        private Writer() {}

        public static void main(String[] args) throws IOException {
            SnapshotFile file = file(Path.of(args[0]));
            for (long number = Long.parseLong(args[1]); ; number++) {
                file.write(new StateRecord("0", Long.toString(number), Instant.EPOCH, null, payload(number), Map.of()));
                System.out.write('w');
                System.out.flush();
            }
        }
    }
}
