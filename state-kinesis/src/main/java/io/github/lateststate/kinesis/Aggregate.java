package io.github.lateststate.kinesis;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * Several records of users in one Kinesis record, as the Kinesis Producer Library (KPL) packs them: four magic bytes, a
 * Protocol Buffers message, and the MD5 digest of that. Only the last of them is of interest.
 */
final class Aggregate {

    /** A record begins as an aggregate does, and is none that can be read. */
    static final class DamagedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        DamagedException(String message, @Nullable Throwable cause) {
            super(
                    "Not readable as a record of the Kinesis Producer Library (KPL), though it begins as one: "
                            + message,
                    cause);
        }
    }

    /**
     * A record within an aggregate.
     *
     * @param key its partition key
     * @param data its payload
     */
    record UserRecord(String key, SdkBytes data) {}

    private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};
    private static final int DIGEST_LENGTH = 16;

    private static final int KEYS = 1;
    private static final int RECORDS = 3;
    private static final int RECORD_KEY_INDEX = 1;
    private static final int RECORD_DATA = 3;

    private Aggregate() {}

    /** Whether a payload begins as an aggregate does. */
    static boolean isOne(byte[] payload) {
        return payload.length >= MAGIC.length && Arrays.equals(payload, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * The last record in an aggregate.
     *
     * @throws DamagedException if it cannot be read
     */
    static UserRecord last(byte[] payload) {
        int end = payload.length - DIGEST_LENGTH;
        if (end < MAGIC.length) {
            throw new DamagedException("it is too short", null);
        }
        MessageDigest md5 = md5();
        md5.update(payload, MAGIC.length, end - MAGIC.length);
        if (!Arrays.equals(md5.digest(), Arrays.copyOfRange(payload, end, payload.length))) {
            throw new DamagedException("its digest is wrong", null);
        }
        try {
            return lastOf(payload, end);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new DamagedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static UserRecord lastOf(byte[] payload, int end) {
        ProtobufReader last = null;
        ProtobufReader all = new ProtobufReader(payload, MAGIC.length, end);
        for (int field = all.next(); field != 0; field = all.next()) {
            if (field == RECORDS) {
                last = all.message();
            }
        }
        if (last == null) {
            throw new IllegalArgumentException("it holds no record");
        }
        long keyIndex = 0;
        byte[] data = null;
        for (int field = last.next(); field != 0; field = last.next()) {
            if (field == RECORD_KEY_INDEX) {
                keyIndex = last.number();
            } else if (field == RECORD_DATA) {
                data = last.bytes();
            }
        }
        if (data == null) {
            throw new IllegalArgumentException("its last record has no payload");
        }
        return new UserRecord(
                key(new ProtobufReader(payload, MAGIC.length, end), keyIndex), SdkBytes.fromByteArrayUnsafe(data));
    }

    private static String key(ProtobufReader all, long index) {
        long at = 0;
        for (int field = all.next(); field != 0; field = all.next()) {
            if (field == KEYS && at++ == index) {
                return all.text();
            }
        }
        throw new IllegalArgumentException("the key of its last record is not in its table");
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has MD5", e);
        }
    }
}
