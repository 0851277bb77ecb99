package io.github.lateststate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.SubscriptionSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rule 5: an outage is reported within 15 s and survived. */
abstract class OutageRule {

    private final SubscriberContract contract;

    OutageRule(SubscriberContract contract) {
        this.contract = contract;
    }

    @Test
    void anOutageIsReportedAndRecordsSinceThenAreFound() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 1);
        RecordingSink sink = contract.followUntilCaughtUp(stream, payload -> !payload.equals("3"));
        contract.awaitThat(sink::isInContact);
        contract.brokerLeaves();
        SubscriberContract.awaitInterruption(sink);
        contract.brokerReturns();
        contract.publish(stream, 2, 3); // a good one and a bad one
        contract.awaitThat(sink::isInContact);
        contract.awaitThat(() -> sink.offered().contains("3"));
        contract.awaitThat(() -> sink.accepted().equals(List.of("1", "2")));
        assertThat(sink.failure()).isEmpty();
    }

    @Test
    void anOutageAtTheStartIsReportedAndFollowingBeginsOnReturn() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.brokerLeaves();
        RecordingSink sink = contract.follow(stream, payload -> true);
        SubscriberContract.awaitInterruption(sink);
        contract.brokerReturns();
        contract.publish(stream, 1, 1);
        contract.awaitThat(() -> sink.isInContact() && sink.accepted().contains("1"));
    }

    @Test
    void aMissingStreamIsAnOutageThatNamesItAndIsFollowedOnceItExists() {
        SubscriptionSettings missing = contract.aMissingStream();
        RecordingSink sink = contract.follow(missing, payload -> true);
        SubscriberContract.awaitInterruption(sink);
        contract.awaitThat(() ->
                sink.interruptions().stream().anyMatch(cause -> cause.toString().contains(missing.stream())));
        contract.createStream(missing);
        contract.publish(missing, 1, 1);
        contract.awaitThat(() -> sink.isInContact() && sink.accepted().contains("1"));
        assertThat(sink.failure()).isEmpty();
    }
}
