package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class LogBoundsTest {

    private static final Topic TOPIC = new Topic("models", Uuid.ONE_UUID, 2);
    private static final TopicPartition P0 = new TopicPartition("models", 0);
    private static final TopicPartition P1 = new TopicPartition("models", 1);

    @Test
    void boundsAreReachedWhenEveryPartitionIsAtItsEnd() {
        LogBounds bounds = bounds(new Bounds(0, 5, 5), new Bounds(0, 7, 7));
        assertThat(bounds.isReachedAt(Map.of(P0, 5L, P1, 8L)::get)).isTrue();
        assertThat(bounds.isReachedAt(Map.of(P0, 5L, P1, 6L)::get)).isFalse();
    }

    @Test
    void boundsHoldNothingNewerForAReaderAtTheHighWatermark() {
        LogBounds bounds = bounds(new Bounds(0, 5, 5), new Bounds(0, 7, 7));
        assertThat(bounds.holdNewerThan(Map.of(P0, 5L, P1, 7L)::get)).isFalse();
    }

    @Test
    void boundsHoldNewerRecordsThatAnOpenTransactionHides() {
        LogBounds bounds = bounds(new Bounds(0, 5, 5), new Bounds(0, 7, 9));
        Map<TopicPartition, Long> atTheEnds = Map.of(P0, 5L, P1, 7L);
        assertThat(bounds.isReachedAt(atTheEnds::get)).isTrue();
        assertThat(bounds.holdNewerThan(atTheEnds::get)).isTrue();
    }

    @Test
    void boundsKnowOnlyThePartitionsThatWereAskedFor() {
        LogBounds bounds = bounds(new Bounds(0, 5, 5), new Bounds(0, 7, 7));
        assertThat(bounds.of(P1)).isEqualTo(new Bounds(0, 7, 7));
        assertThatThrownBy(() -> bounds.of(new TopicPartition("models", 2)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("models-2");
    }

    @Test
    void boundsForASearchKnowOnlyTheEndsUntilTheHighWatermarksArrive() {
        LogBounds within = LogBounds.upTo(new LogEnds(0, Map.of(P0, 5L, P1, 7L)), TOPIC);
        assertThat(within).isEqualTo(bounds(new Bounds(0, 5, 5), new Bounds(0, 7, 7)));
        assertThat(within.withHighWatermarks(Map.of(P0, answer(5), P1, answer(9))))
                .isEqualTo(bounds(new Bounds(0, 5, 5, 3), new Bounds(0, 7, 9, 3)));
    }

    private static ListOffsetsResultInfo answer(long offset) {
        return new ListOffsetsResultInfo(offset, -1, Optional.of(3));
    }

    private static LogBounds bounds(Bounds p0, Bounds p1) {
        return new LogBounds(0, TOPIC, Map.of(P0, p0, P1, p1));
    }
}
