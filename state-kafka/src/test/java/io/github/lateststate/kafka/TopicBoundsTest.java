package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class TopicBoundsTest {

    private static final Topic TOPIC = new Topic("models", Uuid.ONE_UUID, 2);
    private static final TopicPartition P0 = new TopicPartition("models", 0);
    private static final TopicPartition P1 = new TopicPartition("models", 1);

    @Test
    void boundsAreReachedWhenEveryPartitionIsAtItsEnd() {
        TopicBounds bounds = bounds(new PartitionBounds(0, 5, 5), new PartitionBounds(0, 7, 7));
        assertThat(bounds.isReachedAt(Map.of(P0, 5L, P1, 8L)::get)).isTrue();
        assertThat(bounds.isReachedAt(Map.of(P0, 5L, P1, 6L)::get)).isFalse();
    }

    @Test
    void boundsHoldNothingNewerForAReaderAtTheHighWatermark() {
        TopicBounds bounds = bounds(new PartitionBounds(0, 5, 5), new PartitionBounds(0, 7, 7));
        assertThat(bounds.holdNewerThan(Map.of(P0, 5L, P1, 7L)::get)).isFalse();
    }

    @Test
    void boundsHoldNewerRecordsThatAnOpenTransactionHides() {
        TopicBounds bounds = bounds(new PartitionBounds(0, 5, 5), new PartitionBounds(0, 7, 9));
        Map<TopicPartition, Long> atTheEnds = Map.of(P0, 5L, P1, 7L);
        assertThat(bounds.isReachedAt(atTheEnds::get)).isTrue();
        assertThat(bounds.holdNewerThan(atTheEnds::get)).isTrue();
    }

    @Test
    void boundsKnowOnlyThePartitionsThatWereAskedFor() {
        TopicBounds bounds = bounds(new PartitionBounds(0, 5, 5), new PartitionBounds(0, 7, 7));
        assertThat(bounds.of(P1)).isEqualTo(new PartitionBounds(0, 7, 7));
        assertThatThrownBy(() -> bounds.of(new TopicPartition("models", 2)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("models-2");
    }

    @Test
    void boundsForASearchKnowOnlyTheEndsUntilItIsKnownWhatIsHidden() {
        TopicBounds within = TopicBounds.upTo(0, TOPIC, Map.of(P0, 5L, P1, 7L));
        assertThat(within).isEqualTo(bounds(new PartitionBounds(0, 5, 5), new PartitionBounds(0, 7, 7)));
        assertThat(within.writtenUpTo(Map.of(P0, 3L, P1, 9L)))
                .isEqualTo(bounds(new PartitionBounds(0, 5, 5), new PartitionBounds(0, 7, 9)));
    }

    private static TopicBounds bounds(PartitionBounds p0, PartitionBounds p1) {
        return new TopicBounds(0, TOPIC, Map.of(P0, p0, P1, p1));
    }
}
