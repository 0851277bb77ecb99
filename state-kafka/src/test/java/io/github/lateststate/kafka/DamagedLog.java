package io.github.lateststate.kafka;

import io.github.lateststate.embedded.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** Damages a broker's files, as a bad disk does. */
final class DamagedLog {

    private static final int CHECKSUM = 17;
    private static final int CHECKED = 21;
    private static final int CODEC = 22;
    private static final int FIRST_TIMESTAMP = 27;
    private static final int LAST_TIMESTAMP = 35;
    private static final int HEADER = 12; // of a batch: its first offset, and how many bytes follow

    private DamagedLog() {}

    /** Restarts the broker after changing the last byte of the batches in partition 0 that begin at these offsets. */
    static void damage(EmbeddedKafka kafka, String topic, long... baseOffsets) {
        edit(kafka, topic, bytes -> {
            ByteBuffer log = ByteBuffer.wrap(bytes);
            for (int at = 0; at + HEADER <= bytes.length; at = next(log, at)) {
                long baseOffset = log.getLong(at);
                if (Arrays.stream(baseOffsets).anyMatch(offset -> offset == baseOffset)) {
                    damageLastRecord(bytes, next(log, at));
                }
            }
            return bytes;
        });
    }

    /** Restarts the broker after appending to partition 0 a damaged copy of its only record. */
    static void appendUnreadable(EmbeddedKafka kafka, String topic) {
        edit(kafka, topic, bytes -> {
            byte[] two = Arrays.copyOf(bytes, 2 * bytes.length);
            System.arraycopy(bytes, 0, two, bytes.length, bytes.length);
            ByteBuffer.wrap(two).putLong(bytes.length, 1);
            damageLastRecord(two, two.length);
            return two;
        });
    }

    /**
     * Restarts the broker after removing the timestamps from the batches of partition 0, as some old producers send
     * them.
     */
    static void takeTimestamps(EmbeddedKafka kafka, String topic) {
        edit(kafka, topic, bytes -> {
            ByteBuffer log = ByteBuffer.wrap(bytes);
            for (int at = 0; at + HEADER <= bytes.length; at = next(log, at)) {
                log.putLong(at + FIRST_TIMESTAMP, -1);
                log.putLong(at + LAST_TIMESTAMP, -1);
                writeChecksum(log, at);
            }
            return bytes;
        });
    }

    /**
     * Restarts the broker with a batch in partition 0 that claims to be compressed but is not. Its checksum is right.
     */
    static void miscode(EmbeddedKafka kafka, String topic, long baseOffset) {
        edit(kafka, topic, bytes -> {
            ByteBuffer log = ByteBuffer.wrap(bytes);
            for (int at = 0; at + HEADER <= bytes.length; at = next(log, at)) {
                if (log.getLong(at) == baseOffset) {
                    bytes[at + CODEC] |= 1;
                    writeChecksum(log, at);
                }
            }
            return bytes;
        });
    }

    private static void writeChecksum(ByteBuffer log, int at) {
        CRC32C checksum = new CRC32C();
        checksum.update(log.slice(at + CHECKED, next(log, at) - at - CHECKED));
        log.putInt(at + CHECKSUM, (int) checksum.getValue());
    }

    private static void edit(EmbeddedKafka kafka, String topic, UnaryOperator<byte[]> change) {
        kafka.stop();
        Path segment = Path.of(topic + "-0", "00000000000000000000.log");
        try (Stream<Path> files = Files.walk(kafka.directory())) {
            Path file = files.filter(one -> one.endsWith(segment)).findFirst().orElseThrow();
            Files.write(file, change.apply(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            kafka.start();
        }
    }

    private static int next(ByteBuffer log, int at) {
        return at + HEADER + log.getInt(at + Long.BYTES);
    }

    private static void damageLastRecord(byte[] bytes, int end) {
        bytes[end - 2] ^= 1; // the very last byte is its number of headers
    }
}
