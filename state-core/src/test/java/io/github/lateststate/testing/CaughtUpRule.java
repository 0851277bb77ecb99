package io.github.lateststate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.SubscriptionSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 3: caught up once, and not before. In all other tests, the sink checks that it is reported only once. */
abstract class CaughtUpRule {

    private final SubscriberContract contract;

    CaughtUpRule(SubscriberContract contract) {
        this.contract = contract;
    }

    @Test
    void anEmptyStreamIsCaughtUpWithoutAnOffer() {
        RecordingSink sink = contract.followUntilCaughtUp(contract.emptyStream(), payload -> true);
        assertThat(sink.offered()).isEmpty();
        contract.awaitThat(sink::isInContact);
    }

    @Test
    void caughtUpComesAfterTheLookBack() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 10);
        RecordingSink sink = contract.followUntilCaughtUp(stream, "7"::equals);
        assertThat(sink.lookedBackThrough()).contains(List.of("10", "9", "8", "7"));
    }

    /** In all other tests, the sink checks that the number is not less than what was offered. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void caughtUpReportsWhatTheLookBackHasRead(int length) {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, length);
        RecordingSink sink = contract.followUntilCaughtUp(stream, payload -> true);
        assertThat(sink.recordsRead()).isEqualTo(length);
    }

    @Test
    void aStreamThatCannotBeReachedIsNotCaughtUp() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 1);
        contract.brokerLeaves();
        RecordingSink sink = contract.follow(stream, payload -> true);
        SubscriberContract.awaitInterruption(sink);
        assertThat(sink.isCaughtUp()).isFalse();
        contract.brokerReturns();
        contract.awaitThat(sink::isCaughtUp);
        assertThat(sink.lookedBackThrough()).contains(List.of("1"));
    }

    @Test
    void aMissingStreamIsNotCaughtUp() {
        RecordingSink sink = contract.follow(contract.aMissingStream(), payload -> true);
        SubscriberContract.awaitInterruption(sink);
        assertThat(sink.isCaughtUp()).isFalse();
    }
}
