package io.github.lateststate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.SubscriptionSettings;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 2, for unwanted records: they count as if they did not exist. The sink checks that none is offered. */
abstract class PassedOverRule {

    private final SubscriberContract contract;

    PassedOverRule(SubscriberContract contract) {
        this.contract = contract;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 500})
    void theLookBackOffersTheLastWantedRecord(int others) {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 3 + others);
        RecordingSink sink = followOnly(stream, number -> number <= 3);
        assertThat(sink.offered()).containsExactly("3");
    }

    @Test
    void aStreamWithoutAWantedRecordIsCaughtUpAndThenFollowed() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 20);
        RecordingSink sink = followOnly(stream, number -> number % 100 == 0);
        contract.publish(stream, 98, 101);
        contract.awaitThat(() -> sink.accepted().contains("100"));
        contract.publish(stream, 199, 200);
        contract.awaitThat(() -> sink.accepted().contains("200"));
        assertThat(sink.offered()).containsExactly("100", "200");
    }

    private RecordingSink followOnly(SubscriptionSettings stream, IntPredicate wanted) {
        RecordingSink sink = new RecordingSink(payload -> true);
        sink.only(payload -> wanted.test(Integer.parseInt(payload)));
        contract.follow(stream, sink);
        contract.awaitThat(sink::isCaughtUp);
        return sink;
    }
}
