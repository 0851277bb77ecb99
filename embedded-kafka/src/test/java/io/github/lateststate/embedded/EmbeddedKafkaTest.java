package io.github.lateststate.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EmbeddedKafkaTest {

    @Test
    void whatIsProducedIsConsumedAlsoAfterARestart() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
            Clients clients = Clients.of(kafka.bootstrapServers());
            clients.createTopic("state", 1);
            clients.send("state", "first");
            assertThat(clients.values("state")).containsExactly("first");
            kafka.restart();
            assertThat(clients.values("state")).containsExactly("first");
        }
    }
}
