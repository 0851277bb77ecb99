package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class FollowedLogTest {

    private static final TopicPartition P0 = new TopicPartition("models", 0);
    private static final TopicPartition P1 = new TopicPartition("models", 1);

    private final FollowedLog log = new FollowedLog();

    @Test
    void theFirstTopicReplacesNoOther() {
        assertThat(log.adopt(topic(1))).isFalse();
    }

    @Test
    void theSameTopicAgainKeepsThePositions() {
        log.adopt(topic(1));
        log.reached(P0, 8);
        assertThat(log.adopt(topic(1))).isFalse();
        assertThat(log.position(P0)).isEqualTo(8);
        assertThat(log.isOf(topic(1))).isTrue();
    }

    @Test
    void aTopicWithAnotherIdBeginsAgain() {
        log.adopt(topic(1));
        log.reached(P0, 8);
        assertThat(log.adopt(topic(2))).isTrue();
        assertThat(log.isOf(topic(1))).isFalse();
        assertThat(log.floor(P0, bounds(0, 9))).isZero();
    }

    @Test
    void anUnverifiedReadFromBeforeTheIdWasKnownIsForgotten() {
        log.unverified().begin();
        log.reached(P0, 8);
        log.identify(topic(1));
        assertThat(log.isReplacedBy(topic(1))).isFalse();
        assertThat(log.adopt(topic(1))).isTrue();
        assertThat(log.floor(P0, bounds(0, 9))).isZero();
        assertThat(log.adopt(topic(1))).isFalse();
    }

    @Test
    void beforeTheIdIsVerifiedNoLeaderCountsAsOutdated() {
        log.unverified().begin();
        log.identify(topic(1));
        log.readOf(P0, Optional.of(5));
        assertThat(log.knowsLeaders()).isFalse();
        log.unverified().end();
        assertThat(log.knowsLeaders()).isTrue();
    }

    @Test
    void anUnknownPartitionIsLookedAtFromItsBeginning() {
        assertThat(log.floor(P0, bounds(3, 9))).isEqualTo(3);
    }

    @Test
    void aLookBackStopsAtThePositionThatWasRead() {
        log.reached(P0, 5);
        assertThat(log.floor(P0, bounds(3, 9))).isEqualTo(5);
        assertThat(log.floor(P0, bounds(3, 5))).isEqualTo(5);
    }

    @Test
    void aLogThatLostItsReadRecordsIsLookedAtFromItsNewBeginning() {
        log.reached(P0, 5);
        assertThat(log.floor(P0, bounds(7, 9))).isEqualTo(7);
    }

    @Test
    void aLogThatIsNowShorterIsLookedAtFromItsBeginning() {
        log.reached(P0, 5);
        assertThat(log.floor(P0, bounds(1, 4))).isEqualTo(1);
    }

    @Test
    void aLogThatWasCutBackAndHasGrownAgainIsLookedAtFromItsBeginning() {
        log.reached(P0, 5);
        log.reached(P1, 6);
        log.cutOff(P0);
        log.forgetCutOffPositions(answer(2));
        assertThat(log.floor(P0, bounds(1, 9))).isEqualTo(1);
        assertThat(log.floor(P1, bounds(1, 9))).isEqualTo(6);
    }

    @Test
    void thePositionIsKeptIfTheLeaderThatWroteTheLastRecordStillLeads() {
        log.reached(P0, 5);
        log.readOf(P0, Optional.of(4));
        log.cutOff(P0); // as an outdated leader reports
        log.forgetCutOffPositions(answer(4));
        assertThat(log.floor(P0, bounds(1, 9))).isEqualTo(5);
        log.cutOff(P0);
        log.forgetCutOffPositions(answer(5));
        assertThat(log.floor(P0, bounds(1, 9))).isEqualTo(1);
    }

    @Test
    void aRecordOfAnUnknownLeaderHasNoEpochAndTheNewestEpochIsStillKnown() {
        log.adopt(topic(1));
        log.readOf(P0, Optional.of(4));
        log.readOf(P0, Optional.empty());
        assertThat(log.leaderEpoch(P0)).isEmpty();
        assertThat(log.knowsLeaders()).isTrue();
    }

    @Test
    void theLeaderEpochIsKnownAsLongAsThePosition() {
        log.adopt(topic(1));
        log.readOf(P0, Optional.of(4));
        log.readOf(P1, Optional.of(5));
        log.cutOff(P0);
        log.forgetCutOffPositions(answer(5));
        assertThat(log.leaderEpoch(P0)).isEmpty();
        assertThat(log.leaderEpoch(P1)).contains(5);
        log.adopt(topic(2));
        assertThat(log.leaderEpoch(P1)).isEmpty();
    }

    @Test
    void positionsAreReturnedAsACopy() {
        log.reached(P0, 5);
        Map<TopicPartition, Long> before = log.positions();
        log.reached(P0, 6);
        assertThat(before).containsExactly(Map.entry(P0, 5L));
    }

    @Test
    void anAnswerWithAnOlderEpochComesFromAnOutdatedLeader() {
        log.adopt(topic(1));
        log.answered(answer(4));
        log.requireNoneOutdated(answer(4));
        log.requireNoneOutdated(answer(5));
        log.requireNoneOutdated(answer(PartitionBounds.NO_EPOCH));
        assertThatThrownBy(() -> log.requireNoneOutdated(answer(3)))
                .isInstanceOf(OutdatedLeaderException.class)
                .hasMessageContainingAll("partition 0", "its epoch is 3", "epoch 4 is known");
        log.cutOff(P0);
        log.forgetCutOffPositions(answer(9)); // the positions are known, but the epoch is not
        assertThatThrownBy(() -> log.requireNoneOutdated(answer(3))).isInstanceOf(OutdatedLeaderException.class);
    }

    @Test
    void theOtherBrokersOfTheTopicAreToBeAskedInsteadOfAnOutdatedLeader() {
        List<Node> brokers = List.of(new Node(1, "one", 1), new Node(2, "two", 2), new Node(3, "three", 3));
        Topic topic = new Topic("models", new Uuid(7, 1), 1, List.of(2), brokers);
        log.adopt(topic);
        log.answered(new TopicBounds(0, topic, Map.of(P0, new PartitionBounds(0, 5, 5, 4))));
        TopicBounds outdated = new TopicBounds(0, topic, Map.of(P0, new PartitionBounds(0, 5, 5, 3)));
        assertThatThrownBy(() -> log.requireNoneOutdated(outdated))
                .isInstanceOfSatisfying(
                        OutdatedLeaderException.class,
                        thrown -> assertThat(thrown.elsewhere(Followers.settings("models"))
                                        .consumer())
                                .containsEntry("bootstrap.servers", "one:1,three:3"));
    }

    @Test
    void theEpochOfARecordCountsToo() {
        log.adopt(topic(1));
        log.readOf(P0, Optional.of(7));
        assertThatThrownBy(() -> log.requireNoneOutdated(answer(6))).isInstanceOf(OutdatedLeaderException.class);
    }

    @Test
    void aTopicThatWasCreatedAgainBeginsWithNewEpochs() {
        log.adopt(topic(1));
        log.answered(answer(4));
        log.adopt(topic(2));
        log.requireNoneOutdated(answer(0));
    }

    private static TopicBounds answer(int epoch) {
        return new TopicBounds(0, topic(1), Map.of(P0, new PartitionBounds(0, 5, 5, epoch)));
    }

    private static Topic topic(int id) {
        return new Topic("models", new Uuid(7, id), 3);
    }

    private static PartitionBounds bounds(long begin, long end) {
        return new PartitionBounds(begin, end, end);
    }
}
