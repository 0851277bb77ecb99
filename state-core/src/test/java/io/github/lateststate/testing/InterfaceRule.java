package io.github.lateststate.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.spi.Subscription;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the documentation of the types promises besides the rules. */
abstract class InterfaceRule {

    private final SubscriberContract contract;

    InterfaceRule(SubscriberContract contract) {
        this.contract = contract;
    }

    @Test
    void theNameIsLowerCase() {
        String name = contract.subscriber().name();
        assertThat(name).isNotBlank().isEqualTo(name.toLowerCase(Locale.ROOT));
    }

    @Test
    void anEnvironmentThatNamesNoStreamChoosesNone() {
        assertThat(contract.subscriber().streamIn(Map.of())).isEmpty();
    }

    @Test
    void anUnknownOwnSettingIsRefusedWithAListOfTheKnownOnes() {
        SubscriptionSettings wrong = contract.emptyStream().with("state.no.such.setting", "1");
        RecordingSink sink = new RecordingSink(payload -> true);
        assertThatThrownBy(() -> contract.subscriber().subscribe(wrong, sink))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("state.no.such.setting", SubscriptionSettings.GROUP_PREFIX);
    }

    @Test
    void eachSubscriptionHasItsOwnGroupWithTheCommonPrefix() {
        SubscriptionSettings stream = contract.emptyStream().with(SubscriptionSettings.GROUP_PREFIX, "pre");
        Subscription one = contract.subscriptionOf(contract.follow(stream, payload -> true));
        Subscription two = contract.subscriptionOf(contract.follow(stream, payload -> true));
        assertThat(one.group()).startsWith("pre-").isNotEqualTo(two.group()).isEqualTo(one.group());
        assertThat(two.group()).startsWith("pre-");
    }

    /** The sink asks for the progress during each call. This test asks between the calls. */
    @Test
    void progressIsReportedInEveryPhase() {
        RecordingSink sink = contract.follow(contract.emptyStream(), payload -> true);
        Subscription subscription = contract.subscriptionOf(sink);
        assertThat(subscription.progress()).isNotBlank();
        contract.awaitThat(sink::isCaughtUp);
        assertThat(subscription.progress()).isNotBlank();
        contract.brokerLeaves();
        SubscriberContract.awaitInterruption(sink);
        assertThat(subscription.progress()).isNotBlank();
        contract.close(subscription);
        assertThat(subscription.progress()).isNotBlank();
    }
}
