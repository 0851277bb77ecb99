package io.github.lateststate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.SubscriptionSettings;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;

/** Rule 4: records that are written while a subscription starts are not missed. */
abstract class NoGapRule {

    private final SubscriberContract contract;

    NoGapRule(SubscriberContract contract) {
        this.contract = contract;
    }

    @RepeatedTest(5)
    void theLastRecordIsOfferedIfTheSubscriptionStartsDuringPublishing() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 10);
        CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> contract.publish(stream, 11, 60));
        RecordingSink sink = contract.follow(stream, payload -> true);
        publisher.join();
        contract.awaitThat(() -> sink.accepted().contains("60"));
    }

    @RepeatedTest(5)
    void everyRecordIsOfferedOnceIfNoneIsAccepted() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 10);
        CompletableFuture<Void> publisher = CompletableFuture.runAsync(() -> contract.publish(stream, 11, 60));
        RecordingSink sink = contract.follow(stream, payload -> false);
        publisher.join();
        contract.awaitThat(() -> sink.offered().size() >= 60);
        assertThat(SubscriberContract.numbers(sink.offered()))
                .containsExactlyInAnyOrderElementsOf(SubscriberContract.descending(60, 1));
    }
}
