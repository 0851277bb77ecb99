package io.github.lateststate.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.spi.UndecidedException;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 2: newest first, until one is accepted. */
abstract class LookBackRule {

    private final SubscriberContract contract;

    LookBackRule(SubscriberContract contract) {
        this.contract = contract;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 50})
    void onlyTheLastRecordIsOfferedIfItIsAccepted(int length) {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, length);
        RecordingSink sink = contract.followUntilCaughtUp(stream, payload -> true);
        assertThat(sink.offered()).containsExactly(Integer.toString(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40})
    void ifTheLastOnesAreRejectedTheOneBeforeThemIsAccepted(int rejected) {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 50);
        RecordingSink sink =
                contract.followUntilCaughtUp(stream, payload -> Integer.parseInt(payload) <= 50 - rejected);
        assertThat(SubscriberContract.numbers(sink.offered()))
                .isEqualTo(SubscriberContract.descending(50, 50 - rejected));
    }

    @Test
    void ifAllAreRejectedEachIsOfferedOnceNewestFirst() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 50);
        RecordingSink sink = contract.followUntilCaughtUp(stream, payload -> false);
        assertThat(SubscriberContract.numbers(sink.offered())).isEqualTo(SubscriberContract.descending(50, 1));
    }

    @Test
    void aRecordThatCannotBeDecodedNowHidesOlderOnesUntilItCanBe() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 2);
        RecordingSink sink = followUndecided(stream, "2"::equals);
        awaitUndecided(sink);
        assertThat(sink.isCaughtUp()).as("ready on an older record").isFalse();
        assertThat(sink.offered()).isEmpty();
        sink.leaveUndecided(payload -> false);
        contract.awaitThat(() -> sink.isCaughtUp() && sink.isInContact());
        assertThat(sink.accepted()).containsExactly("2");
    }

    @Test
    void aNewerRecordReplacesOneThatCannotBeDecodedNow() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 2);
        RecordingSink sink = followUndecided(stream, "2"::equals);
        awaitUndecided(sink);
        contract.publish(stream, 3, 3);
        contract.awaitThat(() -> sink.isCaughtUp() && sink.isInContact());
        assertThat(sink.offered()).containsExactly("3");
    }

    @Test
    void aRecordThatCannotBeDecodedNowWhileFollowingIsOfferedAgain() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 1);
        RecordingSink sink = contract.followUntilCaughtUp(stream, payload -> true);
        sink.leaveUndecided("2"::equals);
        contract.publish(stream, 2, 2);
        awaitUndecided(sink);
        assertThat(sink.accepted()).containsExactly("1");
        sink.leaveUndecided(payload -> false);
        contract.awaitThat(() -> sink.accepted().equals(List.of("1", "2")) && sink.isInContact());
        contract.publish(stream, 3, 3);
        contract.awaitThat(() -> sink.accepted().equals(List.of("1", "2", "3")));
    }

    @Test
    void aRejectedRecordIsNotOfferedAgainTogetherWithTheUndecidedOneBeforeIt() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 3);
        RecordingSink sink = new RecordingSink(payload -> !payload.equals("3"));
        sink.leaveUndecided("2"::equals);
        contract.follow(stream, sink);
        awaitUndecided(sink);
        sink.leaveUndecided(payload -> false);
        contract.awaitThat(() -> sink.isCaughtUp() && sink.isInContact());
        assertThat(sink.offered()).containsExactly("3", "2");
    }

    private RecordingSink followUndecided(SubscriptionSettings stream, Predicate<String> undecidable) {
        RecordingSink sink = new RecordingSink(payload -> true);
        sink.leaveUndecided(undecidable);
        return contract.follow(stream, sink);
    }

    /** It is offered again after each pause, so this waits for more than one offer. */
    private void awaitUndecided(RecordingSink sink) {
        contract.awaitThat(() -> sink.interruptions().stream()
                        .filter(UndecidedException.class::isInstance)
                        .count()
                >= 2);
    }

    @Test
    void aNewGoodRecordIsAcceptedAfterALookBackWithoutOne() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 3);
        RecordingSink sink = contract.followUntilCaughtUp(stream, "4"::equals);
        contract.publish(stream, 4, 4);
        contract.awaitThat(() -> sink.accepted().contains("4"));
    }

    @Test
    void badRecordsWhileFollowingAreOfferedAndTheGoodOneBeforeThemStays() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 1);
        RecordingSink sink =
                contract.followUntilCaughtUp(stream, payload -> payload.equals("1") || payload.equals("5"));
        contract.publish(stream, 2, 4);
        contract.awaitThat(() -> sink.offered().containsAll(List.of("2", "3", "4")));
        assertThat(sink.accepted()).containsExactly("1");
        contract.publish(stream, 5, 5);
        contract.awaitThat(() -> sink.accepted().equals(List.of("1", "5")));
    }

    @Test
    void aGoodRecordThatArrivesBeforeABadOneIsAccepted() {
        SubscriptionSettings stream = contract.emptyStream();
        RecordingSink sink = contract.followUntilCaughtUp(stream, "1"::equals);
        contract.publish(stream, 1, 2);
        contract.awaitThat(() -> sink.offered().contains("2"));
        contract.awaitThat(() -> sink.accepted().contains("1"));
    }

    @Test
    void unreadableRecordsAtTheEndAreRejectedAndTheOneBeforeThemIsAccepted() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 2);
        contract.anUnreadableRecord(stream);
        contract.anUnreadableRecord(stream);
        RecordingSink sink = contract.followUntilCaughtUp(stream, payload -> true);
        assertThat(sink.rejections()).hasSize(2);
        assertThat(sink.offered()).containsExactly("2");
    }

    @Test
    void anUnreadableRecordWhileFollowingIsRejectedAndTheGoodOneBeforeItStays() {
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 1);
        RecordingSink sink = contract.followUntilCaughtUp(stream, payload -> true);
        contract.publish(stream, 2, 2);
        contract.anUnreadableRecord(stream);
        contract.awaitThat(() -> sink.rejections().size() == 1);
        contract.awaitThat(() -> sink.accepted().equals(List.of("1", "2")));
        contract.publish(stream, 3, 3);
        contract.awaitThat(() -> sink.accepted().equals(List.of("1", "2", "3")));
        assertThat(sink.rejections()).hasSize(1);
    }

    @Test
    void aTombstoneAtTheEndIsOfferedAndEndsTheLookBack() {
        assumeTrue(contract.supportsTombstones(), "this broker has no records without a payload");
        SubscriptionSettings stream = contract.emptyStream();
        contract.publish(stream, 1, 1);
        contract.publish(stream, null);
        RecordingSink sink = contract.followUntilCaughtUp(stream, payload -> true);
        assertThat(sink.offered()).containsExactly(RecordingSink.TOMBSTONE);
    }

    @Test
    void aTombstoneWhileFollowingIsOffered() {
        assumeTrue(contract.supportsTombstones(), "this broker has no records without a payload");
        SubscriptionSettings stream = contract.emptyStream();
        RecordingSink sink = contract.followUntilCaughtUp(stream, payload -> true);
        contract.publish(stream, null);
        contract.awaitThat(() -> sink.accepted().contains(RecordingSink.TOMBSTONE));
    }
}
