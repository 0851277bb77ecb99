package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.RecordingSink;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.junit.jupiter.api.Test;

/** Where an attempt begins after another one has failed. */
class AttemptsTest {

    private final Attempts attempts = new Attempts(Followers.settings("topic"), new RecordingSink(value -> true));

    @Test
    void onlyTheAttemptAfterAnAnswerOfAnOutdatedLeaderBeginsAtTheOthers() {
        String given = bootstrapServers();
        attempts.after(new OutdatedLeaderException("outdated", List.of(new Node(1, "one", 9), new Node(3, "::1", 8))));
        assertThat(bootstrapServers()).isEqualTo("one:9,[::1]:8");
        assertThat(bootstrapServers()).isEqualTo(given);
    }

    @Test
    void anAttemptBeginsAnywhereIfNoOtherBrokerIsKnown() {
        String given = bootstrapServers();
        attempts.after(new OutdatedLeaderException("outdated", List.of()));
        assertThat(bootstrapServers()).isEqualTo(given);
        attempts.after(new KafkaException("something else"));
        assertThat(bootstrapServers()).isEqualTo(given);
    }

    private String bootstrapServers() {
        return String.valueOf(attempts.next().consumer().get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG));
    }
}
