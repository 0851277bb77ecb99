package io.github.lateststate.kafka;

import io.github.lateststate.spi.SubscriptionSettings;

/** The same contract for subscriptions that share their clients. */
class SharedClientsContractTest extends KafkaSubscriberContractTest {

    @Override
    SubscriptionSettings settings(String topic) {
        return super.settings(topic).with("state.share.clients", "true");
    }
}
