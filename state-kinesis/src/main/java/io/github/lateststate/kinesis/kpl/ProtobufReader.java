package io.github.lateststate.kinesis.kpl;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the few kinds of Protocol Buffers fields that an aggregate has. Throws an {@link IllegalArgumentException} or
 * an {@link IndexOutOfBoundsException} if the input is malformed.
 */
final class ProtobufReader {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final byte[] buffer;
    private final int end;
    private int at;
    private int wireType;
    private int valueBegin;
    private int valueEnd;
    private long number;

    ProtobufReader(byte[] buffer, int begin, int end) {
        this.buffer = buffer;
        this.at = begin;
        this.end = end;
    }

    /** Goes to the next field. Returns its number, or 0 at the end. */
    int next() {
        if (at == end) {
            return 0;
        }
        long tag = varint();
        wireType = (int) (tag & 7);
        switch (wireType) {
            case VARINT -> number = varint();
            case FIXED_64 -> skip(8);
            case BYTES -> skip(varint());
            case FIXED_32 -> skip(4);
            default -> throw new IllegalArgumentException("no such wire type: " + wireType);
        }
        int field = (int) (tag >>> 3);
        if (field <= 0) {
            throw new IllegalArgumentException("no such field: " + field);
        }
        return field;
    }

    /** Where the next field begins. */
    int at() {
        return at;
    }

    /** The value of the current field, which must be an integer. */
    long number() {
        require(VARINT);
        return number;
    }

    /** The value of the current field, which must be text. */
    String text() {
        require(BYTES);
        return new String(buffer, valueBegin, valueEnd - valueBegin, StandardCharsets.UTF_8);
    }

    /** A copy of the value of the current field, which must be bytes. */
    byte[] bytes() {
        require(BYTES);
        return Arrays.copyOfRange(buffer, valueBegin, valueEnd);
    }

    /** A reader for the value of the current field, which must be a message. */
    ProtobufReader message() {
        require(BYTES);
        return new ProtobufReader(buffer, valueBegin, valueEnd);
    }

    private void require(int type) {
        if (wireType != type) {
            throw new IllegalArgumentException("wire type " + wireType + " in place of " + type);
        }
    }

    private void skip(long length) {
        if (length < 0 || length > end - at) {
            throw new IllegalArgumentException("a field of " + length + " bytes, but " + (end - at) + " are left");
        }
        valueBegin = at;
        at += (int) length;
        valueEnd = at;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at == end) {
                throw new IllegalArgumentException("an integer ends early");
            }
            byte next = buffer[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("an integer is too long");
    }
}
