package io.github.lateststate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.SubscriptionSettings;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Rule 1: nothing twice, nothing backwards, no overlapping calls. The sink checks this in all other tests, too. */
abstract class OrderRule {

    private final SubscriberContract contract;

    OrderRule(SubscriberContract contract) {
        this.contract = contract;
    }

    @Test
    void recordsPublishedWhileFollowingAreOfferedInOrderAndTheLastOneIsAccepted() {
        SubscriptionSettings stream = contract.emptyStream();
        RecordingSink sink = contract.follow(stream, payload -> true);
        contract.publish(stream, 1, 200);
        contract.awaitThat(() -> sink.accepted().contains("200"));
        assertThat(SubscriberContract.numbers(sink.accepted())).isSorted().endsWith(200);
    }

    @Test
    void recordsPublishedWhileSubscribingAreOfferedInOrderAndTheLastOneIsAccepted() {
        SubscriptionSettings stream = contract.emptyStream();
        CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> contract.publish(stream, 1, 100));
        RecordingSink sink = contract.follow(stream, payload -> true);
        publisher.join();
        contract.awaitThat(() -> sink.accepted().contains("100"));
        assertThat(SubscriberContract.numbers(sink.accepted())).isSorted().endsWith(100);
    }

    @Test
    void twoSubscriptionsToOneStreamSeeTheSame() {
        SubscriptionSettings stream = contract.emptyStream();
        RecordingSink one = contract.follow(stream, payload -> true);
        RecordingSink two = contract.follow(stream, payload -> true);
        contract.publish(stream, 1, 1);
        contract.awaitThat(() -> one.accepted().contains("1") && two.accepted().contains("1"));
    }
}
