package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lateststate.engine.Waits;
import io.github.lateststate.spi.StoppedException;
import io.github.lateststate.spi.SubscriptionSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs without a broker: a client can be created and closed without one. */
class SharedAdminTest {

    private final KafkaSettings one = settings("topic", Map.of());
    private final KafkaSettings another = settings("another", Map.of());

    @Test
    void subscriptionsWithTheSameClientSettingsShareAClient() {
        try (SharedAdmin first = SharedAdmin.of(one);
                SharedAdmin second = SharedAdmin.of(another)) {
            assertThat(first.client(one)).isSameAs(second.client(another));
        }
    }

    @Test
    void subscriptionsWithOtherClientSettingsDoNotShareAClient() {
        KafkaSettings patient = settings("topic", Map.of("request.timeout.ms", "5000"));
        try (SharedAdmin first = SharedAdmin.of(one);
                SharedAdmin second = SharedAdmin.of(patient)) {
            assertThat(first.client(one)).isNotSameAs(second.client(patient));
        }
    }

    @Test
    void theLastUserClosesTheClient() {
        SharedAdmin last = SharedAdmin.of(one);
        Admin client;
        try (SharedAdmin first = SharedAdmin.of(another)) {
            client = first.client(another);
        }
        assertOpen(client);
        last.close();
        assertClosed(client);
    }

    /** Creating a client resolves host names, which may take long. */
    @Test
    @Timeout(30)
    void closingDoesNotWaitForAClientThatIsBeingCreated() throws Exception {
        KafkaSettings slow = settings("topic", Map.of("metric.reporters", SlowReporter.class.getName()));
        SharedAdmin admin = SharedAdmin.of(slow);
        CompletableFuture<Admin> creating = CompletableFuture.supplyAsync(() -> admin.client(slow));
        SlowReporter.BEGUN.await();
        admin.close();
        assertThat(creating).isNotDone();
        SlowReporter.RELEASE.countDown();
        assertThat(creating)
                .failsWithin(SharedBroker.PATIENCE)
                .withThrowableThat()
                .withCauseInstanceOf(StoppedException.class);
        assertThat(SlowReporter.CLOSED.await(SharedBroker.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    /** A client that gets it is not created before it is released. */
    public static final class SlowReporter extends ConfiguredReporter {

        static final CountDownLatch BEGUN = new CountDownLatch(1);
        static final CountDownLatch RELEASE = new CountDownLatch(1);
        static final CountDownLatch CLOSED = new CountDownLatch(1);

        @Override
        public void configure(Map<String, ?> configs) {
            BEGUN.countDown();
            Waits.uninterrupted(SharedBroker.PATIENCE, nanos -> RELEASE.await(nanos, TimeUnit.NANOSECONDS));
        }

        @Override
        public void close() {
            CLOSED.countDown();
        }
    }

    @Test
    void aClientThatCouldNotBeCreatedIsTriedAgain() {
        KafkaSettings broken = settings("topic", Map.of("bootstrap.servers", "no-such-host.invalid:1"));
        try (SharedAdmin admin = SharedAdmin.of(broken)) {
            assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> admin.client(broken));
            assertThatExceptionOfType(KafkaException.class).isThrownBy(() -> admin.client(broken));
        }
    }

    /** The thread that creates the client may come late. */
    @Test
    void afterTheLastUserNoClientIsCreated() {
        SharedAdmin last = SharedAdmin.of(one);
        last.close();
        assertThatExceptionOfType(StoppedException.class).isThrownBy(() -> last.client(one));
    }

    @Test
    void aDistrustedClientIsNotGivenToOtherUsers() {
        try (SharedAdmin troubled = SharedAdmin.of(one)) {
            Admin client = troubled.client(one);
            troubled.distrust();
            try (SharedAdmin later = SharedAdmin.of(another)) {
                assertThat(later.client(another)).isNotSameAs(client);
            }
            assertOpen(client);
        }
    }

    @Test
    void aDistrustedClientIsClosedByItsLastUserAndItsReplacementStaysOpen() {
        SharedAdmin troubled = SharedAdmin.of(one);
        Admin client = troubled.client(one);
        troubled.distrust();
        try (SharedAdmin later = SharedAdmin.of(another)) {
            troubled.close();
            assertClosed(client);
            assertOpen(later.client(another));
            try (SharedAdmin latest = SharedAdmin.of(one)) {
                assertThat(latest.client(one)).isSameAs(later.client(another));
            }
        }
    }

    /** No broker answers, so every question waits. */
    private static void assertOpen(Admin client) {
        assertThat(answer(client)).isNotDone();
    }

    private static void assertClosed(Admin client) {
        assertThat(answer(client))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(IllegalStateException.class);
    }

    private static CompletableFuture<Set<String>> answer(Admin client) {
        return client.listTopics().names().toCompletionStage().toCompletableFuture();
    }

    private static KafkaSettings settings(String topic, Map<String, String> client) {
        SubscriptionSettings settings = new SubscriptionSettings(topic, client);
        return KafkaSettings.of(
                client.containsKey("bootstrap.servers") ? settings : settings.with("bootstrap.servers", "localhost:9"));
    }
}
