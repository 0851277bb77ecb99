package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.RecordingSink;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** KPL aggregates that hold unwanted records. The sink counts a record each time it says that it does not want it. */
class OffersTest {

    private static final String SHARD = "shardId-000000000000";
    private static final BigInteger OWN = BigInteger.ONE;
    private static final BigInteger OTHER = BigInteger.TEN;

    private final List<String> passedOver = new ArrayList<>();
    private final RecordingSink sink = new RecordingSink(payload -> !payload.startsWith("bad"));
    private final FollowedStream followed = new FollowedStream();
    private final Offers offers = new Offers(sink, followed);

    @BeforeEach
    void oneOfTwoShards() {
        sink.only(this::isWanted);
        followed.note(List.of(Shard.builder()
                .shardId(SHARD)
                .sequenceNumberRange(range -> range.startingSequenceNumber("1"))
                .hashKeyRange(range -> range.startingHashKey("0").endingHashKey("5"))
                .build()));
    }

    @Test
    void anUnwantedUserRecordIsPassedOverOnce() {
        lookBack(KplAggregate.of("any one", "two", "any three", "bad four", "any five", "any six"));
        assertThat(sink.offered()).containsExactly("bad four", "two");
        assertThat(passedOver).containsExactlyInAnyOrder("any three", "any five", "any six");
        assertThat(offers.unpacked()).isEqualTo(5);
    }

    @Test
    void anAggregateWithoutAWantedRecordIsNotKept() {
        assertThat(wanted(KplAggregate.of("any one", "any two"))).isEmpty();
        assertThat(passedOver).containsExactlyInAnyOrder("any one", "any two");
        assertThat(offers.unpacked()).isEqualTo(2);
    }

    @Test
    void aRecordOfAnotherShardIsNotPassedOver() {
        assertThat(wanted(KplAggregate.withHashKeys(List.of(OWN, OTHER), "any one", "any two")))
                .isEmpty();
        assertThat(wanted(KplAggregate.withHashKeys(List.of(OTHER), "three"))).isEmpty();
        assertThat(passedOver).containsExactly("any one");
    }

    @Test
    void followingPassesOverAnUnwantedUserRecordOnce() {
        assertThat(offers.offer(SHARD, Candidate.all(record(KplAggregate.of("any one", "two", "any three")))))
                .isTrue();
        assertThat(sink.accepted()).containsExactly("two");
        assertThat(passedOver).containsExactly("any three");
    }

    private boolean isWanted(String payload) {
        boolean wanted = !payload.startsWith("any");
        if (!wanted) {
            passedOver.add(payload);
        }
        return wanted;
    }

    private void lookBack(byte[] payload) {
        assertThat(offers.offer(SHARD, wanted(payload).orElseThrow())).isTrue();
    }

    private Optional<Candidate> wanted(byte[] payload) {
        return offers.wanted(SHARD, record(payload));
    }

    private static Record record(byte[] payload) {
        return Record.builder()
                .sequenceNumber("2")
                .approximateArrivalTimestamp(Instant.EPOCH)
                .partitionKey("a")
                .data(SdkBytes.fromByteArray(payload))
                .build();
    }
}
