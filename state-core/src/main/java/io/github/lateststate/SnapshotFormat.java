package io.github.lateststate;

import io.github.lateststate.spi.StateRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record as the bytes of a snapshot. First come magic, version of the format, and length and CRC-32C of the rest.
 * Then come the stream's identity, the time of saving, and the record. A length precedes each string and array.
 */
final class SnapshotFormat {

    private static final int MAGIC = 0x4c53_534e; // LSSN
    private static final int VERSION = 3;
    private static final int HEADER_BYTES = 4 + 4 + 4 + 8;
    private static final int ABSENT = -1;

    private SnapshotFormat() {}

    /**
     * The content of a snapshot.
     *
     * @param identity identifies the stream
     * @param savedAt when it was written
     * @param record the record that was the state
     */
    record Saved(String identity, Instant savedAt, StateRecord record) {}

    /** The size of a record's content, without the bytes around it. */
    static long leastBytes(StateRecord record) {
        long bytes = length(record.key()) + length(record.value());
        for (Map.Entry<String, List<byte[]>> header : record.headers().entrySet()) {
            bytes += header.getKey().length();
            for (byte[] value : header.getValue()) {
                bytes += length(value);
            }
        }
        return bytes;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    static byte[] encode(Saved saved) throws IOException {
        byte[] body = encodeBody(saved);
        return ByteBuffer.allocate(HEADER_BYTES + body.length)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putInt(body.length)
                .putLong(checksum(body))
                .put(body)
                .array();
    }

    /**
     * Reads a snapshot.
     *
     * @throws IOException if it is incomplete or of another version; the message says which
     */
    static Saved decode(byte[] file) throws IOException {
        if (file.length < HEADER_BYTES) {
            throw new IOException("it is truncated: " + file.length + " bytes");
        }
        ByteBuffer header = ByteBuffer.wrap(file);
        if (header.getInt() != MAGIC) {
            throw new IOException("it is not a snapshot of latest-state");
        }
        int version = header.getInt();
        if (version != VERSION) {
            throw new IOException("its format is version " + version + "; this library reads version " + VERSION);
        }
        int length = header.getInt();
        long checksum = header.getLong();
        if (length != header.remaining()) {
            throw new IOException("it is truncated: " + header.remaining() + " of " + length + " bytes");
        }
        byte[] body = new byte[length];
        header.get(body);
        if (checksum != checksum(body)) {
            throw new IOException("its checksum is wrong");
        }
        return decodeBody(new DataInputStream(new ByteArrayInputStream(body)));
    }

    private static byte[] encodeBody(Saved saved) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        StateRecord record = saved.record();
        write(out, saved.identity());
        write(out, saved.savedAt());
        write(out, record.partition());
        write(out, record.position());
        writeTimestamp(out, record.timestamp());
        write(out, record.key());
        write(out, record.value());
        out.writeInt(record.headers().size());
        for (Map.Entry<String, List<byte[]>> header : record.headers().entrySet()) {
            write(out, header.getKey());
            out.writeInt(header.getValue().size());
            for (byte[] value : header.getValue()) {
                write(out, value);
            }
        }
        return bytes.toByteArray();
    }

    private static Saved decodeBody(DataInputStream in) throws IOException {
        String identity = readString(in);
        Instant savedAt = readInstant(in);
        String partition = readString(in);
        String position = readString(in);
        Instant timestamp = in.readBoolean() ? readInstant(in) : null;
        byte[] key = readBytes(in);
        byte[] value = readBytes(in);
        Map<String, List<byte[]>> headers = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            headers.put(readString(in), readValues(in));
        }
        return new Saved(identity, savedAt, new StateRecord(partition, position, timestamp, key, value, headers));
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static void writeTimestamp(DataOutputStream out, @Nullable Instant timestamp) throws IOException {
        out.writeBoolean(timestamp != null);
        if (timestamp != null) {
            write(out, timestamp);
        }
    }

    private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? ABSENT : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static String readString(DataInputStream in) throws IOException {
        return new String(presentBytes(in), StandardCharsets.UTF_8);
    }

    private static List<byte[]> readValues(DataInputStream in) throws IOException {
        List<byte[]> values = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            values.add(presentBytes(in));
        }
        return values;
    }

    private static Instant readInstant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static byte[] presentBytes(DataInputStream in) throws IOException {
        byte[] bytes = readBytes(in);
        if (bytes == null) {
            throw new IOException("a part is missing");
        }
        return bytes;
    }

    private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        return length == ABSENT ? null : in.readNBytes(length);
    }

    private static long checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return crc.getValue();
    }
}
