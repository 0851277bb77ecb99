package io.github.lateststate.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Several records in one, in the format of the Kinesis Producer Library: magic, protobuf, MD5. */
final class KplAggregate {

    private static final byte[] MAGIC = {(byte) 0xF3, (byte) 0x89, (byte) 0x9A, (byte) 0xC2};

    private KplAggregate() {}

    static byte[] of(String... values) {
        return withHashKeys(List.of(), values);
    }

    /** An aggregate whose first records have these hash keys, which the producer chose. */
    static byte[] withHashKeys(List<BigInteger> hashKeys, String... values) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        field(message, 1, "state".getBytes(UTF_8)); // the table of partition keys
        hashKeys.forEach(key -> field(message, 2, key.toString().getBytes(UTF_8)));
        for (int i = 0; i < values.length; i++) {
            ByteArrayOutputStream record = new ByteArrayOutputStream();
            record.write(1 << 3); // partition_key_index, a varint
            record.write(0);
            if (i < hashKeys.size()) {
                record.write(2 << 3); // explicit_hash_key_index
                record.write(i);
            }
            field(record, 3, values[i].getBytes(UTF_8));
            field(message, 3, record.toByteArray());
        }
        ByteArrayOutputStream aggregate = new ByteArrayOutputStream();
        aggregate.writeBytes(MAGIC);
        aggregate.writeBytes(message.toByteArray());
        aggregate.writeBytes(md5(message.toByteArray()));
        return aggregate.toByteArray();
    }

    /** An aggregate whose digest does not match its content. */
    static byte[] damaged(String... values) {
        byte[] aggregate = of(values);
        aggregate[aggregate.length - 1] ^= 1;
        return aggregate;
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
        out.write((number << 3) | 2);
        int length = bytes.length;
        while (length >= 0x80) {
            out.write((length & 0x7F) | 0x80);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(bytes);
    }

    private static byte[] md5(byte[] bytes) {
        try {
            return MessageDigest.getInstance("MD5").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
