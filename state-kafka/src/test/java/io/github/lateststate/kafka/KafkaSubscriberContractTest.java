package io.github.lateststate.kafka;

import io.github.lateststate.spi.LatestStateSubscriber;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.SubscriberContractTest;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The contract of every subscriber, on a real Kafka broker. The broker is in a JVM of its own, because older clients do
 * not work in the broker's JVM.
 */
@Tag("every-client")
class KafkaSubscriberContractTest extends SubscriberContractTest {

    @RegisterExtension
    static final BrokerProcess broker = new BrokerProcess();

    @Override
    protected LatestStateSubscriber subscriber() {
        return new KafkaSubscriber();
    }

    @Override
    protected SubscriptionSettings emptyStream() {
        return settings(broker.clients().topic());
    }

    @Override
    protected Optional<SubscriptionSettings> missingStream() {
        return Optional.of(settings(TestClients.newName()));
    }

    @Override
    protected void createStream(SubscriptionSettings missing) {
        broker.clients().create(missing.stream(), 1, Map.of());
    }

    @Override
    protected void publish(SubscriptionSettings stream, byte @Nullable [] payload) {
        TestClients.done(broker.clients().producer().send(new ProducerRecord<>(stream.stream(), payload)));
    }

    @Override
    protected void beginOutage() {
        broker.kafka().stop();
    }

    @Override
    protected void endOutage() {
        broker.kafka().start();
    }

    @Override
    protected boolean isOurThread(Thread thread) {
        return thread.getName().startsWith("latest-state-")
                || thread.getName().contains("| group-"); // Kafka's clients name their threads after the client.id
    }

    SubscriptionSettings settings(String topic) {
        return new SubscriptionSettings(topic, Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
