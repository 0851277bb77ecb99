package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.lateststate.LatestState;
import io.github.lateststate.NotReadyException;
import io.github.lateststate.testing.InMemorySubscriber;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConsumerTest {

    /** Nobody listens at that port: that the subscriber and Kafka's client are there is enough. */
    @Test
    @Timeout(60)
    void theSubscriberForKafkaIsFoundByItsNameAndConnects() {
        try (LatestState<Integer> prices = Prices.described()
                .subscriber("kafka")
                .setting("bootstrap.servers", "127.0.0.1:9")
                .open()) {
            do {
                assertThrows(NotReadyException.class, () -> prices.awaitReady(Duration.ofMillis(50)));
            } while (!prices.status().progress().equals("asking 127.0.0.1:9 for topic 'prices'"));
        }
    }

    @Test
    void theOptionalPartsHaveBroughtNothingAlong() {
        for (String optional : List.of(
                "com.fasterxml.jackson.databind.ObjectMapper", "io.micrometer.core.instrument.MeterRegistry")) {
            assertThrows(ClassNotFoundException.class, () -> Class.forName(optional));
        }
    }

    @Test
    void aTestNeedsNoBroker() {
        InMemorySubscriber memory = new InMemorySubscriber();
        try (LatestState<Integer> prices = Prices.described().subscriber(memory).open()) {
            assertFalse(prices.value().isPresent());
            memory.push("42");
            assertEquals(42, prices.get());
        }
    }
}
