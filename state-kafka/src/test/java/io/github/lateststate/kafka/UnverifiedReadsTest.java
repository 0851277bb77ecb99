package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnverifiedReadsTest {

    private static final TopicPartition P0 = new TopicPartition("models", 0);
    private static final TopicPartition P1 = new TopicPartition("models", 1);

    private final UnverifiedReads reads = new UnverifiedReads();

    @BeforeEach
    void begin() {
        reads.begin();
    }

    @Test
    void theLastRecordOfEachPartitionIsReadAgain() {
        reads.read(P0, List.of(record(40, 1, "a"), record(41, 2, "b")));
        reads.read(P0, List.of(record(30, 1, "c"))); // a longer look-back
        reads.read(P1, List.of(record(7, 1, "d")));
        reads.readAgain();
        assertThat(reads.due()).isEqualTo(Map.of(P0, 41L, P1, 7L));
        assertThat(reads.take(P0, polled(P0, List.of(record(41, 2, "b"), record(42, 3, "e"))), 42))
                .isTrue();
        assertThat(reads.areOpen()).isTrue();
        assertThat(reads.take(P1, polled(P1, List.of(record(7, 1, "d"))), 42)).isTrue();
        assertThat(reads.areOpen()).isFalse();
    }

    @Test
    void aRecordThatDiffersInAnythingIsNotTheSame() {
        List<ConsumerRecord<byte[], byte[]>> others =
                List.of(record(42, 2, "b"), record(41, 3, "b"), record(41, 2, "c"), record(41, 2, null));
        for (ConsumerRecord<byte[], byte[]> other : others) {
            reads.read(P0, List.of(record(41, 2, "b")));
            reads.readAgain();
            assertThat(reads.take(P0, polled(P0, List.of(other)), 42)).isFalse();
            assertThat(reads.areOpen()).isTrue();
        }
    }

    @Test
    void aTombstoneDiffersFromAnyValue() {
        reads.read(P0, List.of(record(41, 2, null)));
        reads.readAgain();
        assertThat(reads.take(P0, polled(P0, List.of(record(41, 2, ""))), 42)).isFalse();
        assertThat(reads.take(P0, polled(P0, List.of(record(41, 2, "\u0001"))), 42))
                .isFalse();
        assertThat(reads.take(P0, polled(P0, List.of(record(41, 2, null))), 42)).isTrue();
    }

    @Test
    void recordsBetweenTheAcceptedOneAndThePositionAreNotReadAgain() {
        reads.read(P0, List.of(record(41, 2, "b")));
        reads.readAgain();
        assertThat(reads.take(P0, polled(P0, List.of(record(41, 2, "b"))), 44)).isTrue();
        assertThat(reads.behind()).containsExactly(P0);
        assertThat(reads.behind()).isEmpty();
    }

    /** The follower may already read the records of a new topic, which must not vouch for the old one. */
    @Test
    void recordsThatFollowDoNotTakeThePlaceOfTheOneThatIsReadAgain() {
        reads.read(P0, List.of(record(41, 2, "b")));
        reads.take(P0, polled(P0, List.of(record(42, 3, "c"))), 42);
        reads.readAgain();
        assertThat(reads.due()).isEqualTo(Map.of(P0, 41L));
    }

    @Test
    void aPartitionThatWasEmptyIsVerifiedByItsFirstRecords() {
        assertThat(reads.canVerify(P0)).isFalse();
        reads.take(P0, polled(P0, List.of(record(0, 2, "a"), record(1, 2, "b"))), 42);
        assertThat(reads.canVerify(P0)).isTrue();
        reads.readAgain();
        assertThat(reads.due()).isEqualTo(Map.of(P0, 1L));
    }

    @Test
    void anEmptyLogHasNothingToVerify() {
        reads.readAgain();
        assertThat(reads.due()).isEmpty();
        assertThat(reads.areOpen()).isFalse();
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, long timestamp, @Nullable String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                "models",
                0,
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                null,
                bytes,
                new RecordHeaders(),
                Optional.empty());
    }

    private static Polled polled(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        Polled polled = new Polled(new MockConsumer<>("earliest"), 500);
        polled.add(new ConsumerRecords<>(Map.of(partition, records), Map.of()));
        return polled;
    }
}
