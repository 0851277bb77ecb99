package io.github.lateststate.kafka;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;

/** How a follower judges the broker's answers. */
class FollowerTest {

    private final Topic topic = new Topic("topic", Uuid.randomUuid(), 1);
    private final RecordingSink sink = new RecordingSink(value -> true);
    private final Follower follower = Followers.of(topic, sink, new StopSignal());

    @Test
    void aShorterLogAtAnOutdatedLeaderDoesNotCountAsTruncated() {
        answer(7, 4);
        assertThat(sink.interruptions()).isEmpty();
        answer(5, 3);
        assertThat(follower.ended()).isNotDone();
        assertThat(follower.outdatedLeader()).isPresent();
        assertThat(sink.interruptions()).hasSize(1);
        answer(5, 4);
        assertThat(follower.ended())
                .isCompletedWithValueMatching(reason -> reason.reason().contains("truncated from 7 to 5"));
    }

    @Test
    void refusedCredentialsEndItSoThatTheNextAttemptHasNewOnes() {
        SaslAuthenticationException refused = new SaslAuthenticationException("wrong password");
        follower.asks(failedFuture(refused));
        follower.onAnswer(partition -> Followers.POSITION);
        assertThat(follower.ended())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCause(refused);
    }

    @Test
    void ifNoRecordShowsThatItIsTheSameTopicTheLogIsSearchedAgain() {
        Follower unverified = Followers.unverified(topic, sink);
        answer(unverified, topic, 7, 0);
        assertThat(unverified.ended())
                .isCompletedWithValueMatching(reason -> reason.reason().startsWith("no record in partition 0 shows"));
    }

    @Test
    void aTopicThatHasFewerPartitionsThanAtTheStartIsAnotherOne() {
        Follower unverified = Followers.unverified(new Topic("topic", Uuid.ZERO_UUID, 2), sink);
        answer(unverified, topic, 7, 0);
        assertThat(unverified.ended())
                .isCompletedWithValueMatching(reason -> reason.reason().contains("deleted and created again"));
    }

    private void answer(long end, int epoch) {
        answer(follower, topic, end, epoch);
    }

    private static void answer(Follower follower, Topic topic, long end, int epoch) {
        PartitionBounds bounds = new PartitionBounds(PartitionBounds.NOT_ASKED, end, end, epoch);
        follower.asks(completedFuture(
                new TopicBounds(System.nanoTime(), topic, Map.of(new TopicPartition("topic", 0), bounds))));
        follower.onAnswer(partition -> Followers.POSITION);
    }
}
