package io.github.lateststate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.SubscriptionSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 7: the number of records that are looked at does not grow with the log. */
abstract class MemoryRule {

    private final SubscriberContract contract;

    MemoryRule(SubscriberContract contract) {
        this.contract = contract;
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1000})
    void theNumberOfOffersDoesNotGrowWithTheLog(int length) {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, length);
        RecordingSink sink = contract.followUntilCaughtUp(stream, payload -> Integer.parseInt(payload) <= length - 3);
        assertThat(sink.offered()).hasSize(4);
    }
}
