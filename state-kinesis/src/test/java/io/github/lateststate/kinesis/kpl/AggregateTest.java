package io.github.lateststate.kinesis.kpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AggregateTest {

    private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};

    @Property
    void eachRecordIsReadWithItsKey(
            @ForAll @NotEmpty @Size(max = 5) List<String> keys,
            @ForAll @NotEmpty @Size(max = 20) List<byte[]> payloads) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        keys.forEach(key -> field(message, 1, bytes(key)));
        for (int i = 0; i < payloads.size(); i++) {
            field(message, 3, record(i % keys.size(), payloads.get(i)));
        }
        Aggregate all = Aggregate.of(aggregate(message.toByteArray()));
        assertThat(all.size()).isEqualTo(payloads.size());
        for (int i = 0; i < payloads.size(); i++) {
            assertThat(all.record(i).data().asByteArray()).isEqualTo(payloads.get(i));
            assertThat(bytes(all.record(i).key())).isEqualTo(bytes(keys.get(i % keys.size())));
            assertThat(all.record(i).hashKey()).isNull();
        }
    }

    /** Irrelevant and unknown fields are passed over. */
    @Test
    void otherFieldsArePassedOver() {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(record(0, bytes("payload")));
        field(record, 4, bytes("tag"));
        varint(record, (9 << 3) | 1);
        record.writeBytes(new byte[8]);
        varint(record, (10 << 3) | 5);
        record.writeBytes(new byte[4]);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        field(message, 1, bytes("key"));
        field(message, 2, bytes("hash key"));
        field(message, 3, record.toByteArray());
        assertThat(Aggregate.of(aggregate(message.toByteArray()))
                        .record(0)
                        .data()
                        .asUtf8String())
                .isEqualTo("payload");
    }

    @Test
    void theHashKeyThatTheProducerChoseIsRead() {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(record(0, bytes("payload")));
        varint(record, 2 << 3);
        varint(record, 1);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        field(message, 1, bytes("key"));
        field(message, 2, bytes("7"));
        field(message, 2, bytes("340282366920938463463374607431768211455"));
        field(message, 3, record.toByteArray());
        assertThat(Aggregate.of(aggregate(message.toByteArray())).record(0).hashKey())
                .isEqualTo("340282366920938463463374607431768211455");
    }

    @Test
    void aPayloadWithAnotherBeginningIsNotAnAggregate() {
        assertThat(Aggregate.isOne(bytes("{\"state\":1}"))).isFalse();
        assertThat(Aggregate.isOne(new byte[0])).isFalse();
        assertThat(Aggregate.isOne(MAGIC)).isTrue();
    }

    @Property
    void damageIsReportedWithTheNameOfTheLibrary(
            @ForAll @IntRange(min = 4) int where, @ForAll @IntRange(min = 1, max = 255) int how) {
        byte[] payload = aggregateOfOne();
        payload[4 + where % (payload.length - 4)] ^= (byte) how;
        assertDamaged(payload);
    }

    @Property
    void aTruncatedAggregateIsDamaged(@ForAll @IntRange(max = 1_000) int length) {
        byte[] payload = aggregateOfOne();
        assertDamaged(Arrays.copyOf(payload, 4 + length % (payload.length - 4)));
    }

    /** The digest is correct. */
    @Property
    void anyMessageIsReadOrReportedAsDamaged(@ForAll byte[] message) {
        byte[] payload = aggregate(message);
        try {
            Aggregate all = Aggregate.of(payload);
            for (int i = 0; i < all.size(); i++) {
                all.record(i);
            }
        } catch (Aggregate.DamagedException e) {
            assertThat(e).hasMessageContaining("Kinesis Producer Library");
        }
    }

    @Test
    void anEmptyAggregateIsDamaged() {
        assertDamaged(aggregate(new byte[0]));
        assertDamaged(MAGIC);
    }

    @Test
    void aKeyThatIsNotInTheTableMeansDamage() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        field(message, 3, record(1, bytes("payload")));
        assertDamaged(aggregate(message.toByteArray()));
    }

    private static void assertDamaged(byte[] payload) {
        assertThatThrownBy(() -> Aggregate.of(payload).record(0))
                .isInstanceOf(Aggregate.DamagedException.class)
                .hasMessageContaining("KPL");
    }

    private static byte[] aggregateOfOne() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        field(message, 1, bytes("key"));
        field(message, 3, record(0, bytes("payload")));
        return aggregate(message.toByteArray());
    }

    private static byte[] record(int keyIndex, byte[] data) {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        varint(record, 1 << 3);
        varint(record, keyIndex);
        field(record, 3, data);
        return record.toByteArray();
    }

    private static byte[] aggregate(byte[] message) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(MAGIC);
        payload.writeBytes(message);
        try {
            payload.writeBytes(MessageDigest.getInstance("MD5").digest(message));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        return payload.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, int number, byte[] value) {
        varint(out, (number << 3) | 2);
        varint(out, value.length);
        out.writeBytes(value);
    }

    private static void varint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
