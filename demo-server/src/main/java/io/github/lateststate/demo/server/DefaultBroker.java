package io.github.lateststate.demo.server;

import io.github.lateststate.embedded.BrokerNotStartedException;
import io.github.lateststate.embedded.EmbeddedKafka;
import io.github.lateststate.embedded.PortInUseException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka broker in this JVM, for whoever names no stream. Each run begins with an empty one. */
final class DefaultBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultBroker.class);

    private static final int PORT = 9092;
    private static final String TOPIC = "state";

    private final EmbeddedKafka kafka;

    private DefaultBroker(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    /** Blocks for about three seconds. */
    static DefaultBroker start() {
        try {
            DefaultBroker broker =
                    new DefaultBroker(EmbeddedKafka.builder().port(PORT).start());
            broker.sayHowToSend();
            return broker;
        } catch (PortInUseException e) {
            throw new CannotStartException(
                    "KAFKA_TOPIC is not set, and the server's own Kafka broker cannot listen on " + e.host() + ":"
                            + e.port() + ", which is in use. If that is a Kafka broker, set KAFKA_TOPIC=" + TOPIC
                            + " to follow it; else stop what listens there.",
                    e);
        } catch (BrokerNotStartedException e) {
            throw new CannotStartException(e.getMessage() + " Set KAFKA_TOPIC to follow a broker of your own.", e);
        }
    }

    /** Names this broker's topic, as if somebody had set it. */
    Map<String, String> environment() {
        return Map.of("KAFKA_TOPIC", TOPIC, "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    }

    @Override
    public void close() {
        kafka.close();
    }

    private void sayHowToSend() {
        LOG.info(
                "KAFKA_TOPIC is not set: started a Kafka broker on {} for topic '{}'. It forgets everything when the server stops ({}).",
                kafka.bootstrapServers(),
                TOPIC,
                kafka.directory());
        LOG.info("Send it a message: java -jar demo-producer/target/demo-producer-*.jar");
    }
}
