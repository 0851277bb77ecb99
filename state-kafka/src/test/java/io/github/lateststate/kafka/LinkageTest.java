package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.Reference;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything of Kafka that this module's classes name exists in the client version of this test run. */
@Tag("every-client")
class LinkageTest {

    @Test
    void everyReferenceToKafkaIsResolved() {
        List<Reference> references = Reference.ofModule(KafkaSubscriber.class).stream()
                .filter(reference -> reference.owner().startsWith("org/apache/kafka/"))
                .filter(reference -> !isAskedFor(reference))
                .toList();
        assertThat(references).anyMatch(reference -> reference.isTo(Consumer.class, "poll"));
        assertThat(references).filteredOn(reference -> !reference.isThere()).isEmpty();
    }

    /** The only class that checks whether a method exists before it calls it. */
    private static boolean isAskedFor(Reference reference) {
        return reference.isFrom(ClientVersion.class) && reference.isTo(ConsumerRecords.class, "nextOffsets");
    }
}
