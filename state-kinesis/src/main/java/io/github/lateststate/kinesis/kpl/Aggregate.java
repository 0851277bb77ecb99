package io.github.lateststate.kinesis.kpl;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Several user records in one Kinesis record, as the Kinesis Producer Library (KPL) packs them: four magic bytes, a
 * Protocol Buffers message, and the MD5 digest of that message. Not safe for use by several threads.
 */
public final class Aggregate {

    /** A record begins like an aggregate, but it or a record in it cannot be read. */
    public static final class DamagedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DamagedException(String message, @Nullable Throwable cause) {
            super(
                    "The record begins like one of the Kinesis Producer Library (KPL) and cannot be read: " + message,
                    cause);
        }
    }

    /**
     * A record within an aggregate.
     *
     * @param key its partition key
     * @param hashKey the hash key that its producer chose; null if it is that of the partition key
     * @param data its payload
     */
    public record UserRecord(String key, @Nullable BigInteger hashKey, SdkBytes data) {}

    private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};
    private static final int DIGEST_LENGTH = 16;

    private static final int KEYS = 1;
    private static final int HASH_KEYS = 2;
    private static final int RECORDS = 3;
    private static final int RECORD_KEY_INDEX = 1;
    private static final int RECORD_HASH_KEY_INDEX = 2;
    private static final int RECORD_DATA = 3;

    private final byte[] payload;
    private final int end;
    private final Fields keys = new Fields();
    private final Fields hashKeys = new Fields();
    private final Fields records = new Fields();

    /** Where the fields of one number begin. It is small, because an aggregate may have a million of them. */
    private static final class Fields {

        private int[] begins = new int[8];
        private int size;

        void add(int begin) {
            if (size == begins.length) {
                begins = Arrays.copyOf(begins, 2 * size);
            }
            begins[size++] = begin;
        }

        int begin(long index) {
            if (index < 0 || index >= size) {
                throw new IllegalArgumentException("its table lacks the key of a record");
            }
            return begins[(int) index];
        }
    }

    private Aggregate(byte[] payload, int end) {
        this.payload = payload;
        this.end = end;
        ProtobufReader all = new ProtobufReader(payload, MAGIC.length, end);
        for (int begin = MAGIC.length, field = all.next(); field != 0; begin = all.at(), field = all.next()) {
            switch (field) {
                case KEYS -> keys.add(begin);
                case HASH_KEYS -> hashKeys.add(begin);
                case RECORDS -> records.add(begin);
                default -> {} // a field that is irrelevant or not known yet
            }
        }
        if (records.size == 0) {
            throw new IllegalArgumentException("it holds no record");
        }
    }

    /**
     * Whether a payload begins like an aggregate.
     *
     * @param payload the payload of a Kinesis record
     * @return whether it does; it may be damaged
     */
    public static boolean isOne(byte[] payload) {
        return payload.length >= MAGIC.length && Arrays.equals(payload, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Reads the outline of an aggregate.
     *
     * @param payload the payload of a Kinesis record; must not change while the aggregate is used
     * @return the aggregate
     * @throws DamagedException if it cannot be read
     */
    public static Aggregate of(byte[] payload) {
        int end = payload.length - DIGEST_LENGTH;
        if (end < MAGIC.length) {
            throw new DamagedException("it is too short", null);
        }
        MessageDigest md5 = md5();
        md5.update(payload, MAGIC.length, end - MAGIC.length);
        if (!Arrays.equals(md5.digest(), Arrays.copyOfRange(payload, end, payload.length))) {
            throw new DamagedException("its digest is wrong", null);
        }
        return readable(() -> new Aggregate(payload, end));
    }

    /**
     * Returns how many records are in it.
     *
     * @return at least one
     */
    public int size() {
        return records.size;
    }

    /**
     * Reads one record.
     *
     * @param index from 0, the oldest
     * @return the record
     * @throws DamagedException if it cannot be read
     */
    public UserRecord record(int index) {
        return readable(() -> {
            ProtobufReader record = field(records, index).message();
            long key = 0;
            long hashKey = -1;
            byte[] data = null;
            for (int field = record.next(); field != 0; field = record.next()) {
                switch (field) {
                    case RECORD_KEY_INDEX -> key = record.number();
                    case RECORD_HASH_KEY_INDEX -> hashKey = record.number();
                    case RECORD_DATA -> data = record.bytes();
                    default -> {} // a field that is irrelevant or not known yet
                }
            }
            if (data == null) {
                throw new IllegalArgumentException("a record in it has no payload");
            }
            return new UserRecord(
                    field(keys, key).text(),
                    hashKey < 0 ? null : new BigInteger(field(hashKeys, hashKey).text()),
                    SdkBytes.fromByteArrayUnsafe(data));
        });
    }

    private ProtobufReader field(Fields fields, long index) {
        ProtobufReader reader = new ProtobufReader(payload, fields.begin(index), end);
        reader.next();
        return reader;
    }

    private static <T> T readable(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DamagedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has MD5", e);
        }
    }
}
