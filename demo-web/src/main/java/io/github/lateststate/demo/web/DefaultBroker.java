package io.github.lateststate.demo.web;

import io.github.lateststate.LatestState;
import io.github.lateststate.embedded.BrokerNotStartedException;
import io.github.lateststate.embedded.EmbeddedKafka;
import io.github.lateststate.embedded.PortInUseException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka broker in this JVM, used if the environment names no stream. It is empty at each start. */
public final class DefaultBroker implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(DefaultBroker.class);

    private static final int PORT = 9092;

    private final EmbeddedKafka kafka;
    private final String topic;

    private DefaultBroker(EmbeddedKafka kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    /**
     * Returns an environment that names a stream: the given one, or, if it names none, one with a topic of a broker that this method
     * starts. A missing topic is created, unless the environment forbids it. Blocks for about three seconds if it starts a broker.
     *
     * @param life closes the broker
     * @param howToSend a command that sends to the topic
     */
    public static Map<String, String> unlessNamedIn(
            Map<String, String> env, Lifecycle life, String topic, String howToSend) {
        Map<String, String> stream = new HashMap<>();
        stream.put("KAFKA_CREATE_TOPIC", "true");
        stream.putAll(env);
        if (!LatestState.isConfigured(stream)) {
            DefaultBroker broker = life.opened(start(topic));
            broker.sayHowToSend(howToSend);
            stream.putAll(broker.environment());
        }
        return stream;
    }

    private static DefaultBroker start(String topic) {
        try {
            return new DefaultBroker(EmbeddedKafka.builder().port(PORT).start(), topic);
        } catch (PortInUseException e) {
            throw new CannotStartException(
                    "KAFKA_TOPIC is not set, and the server's own Kafka broker cannot listen on " + e.host() + ":"
                            + e.port() + ", which is in use. If that is a Kafka broker, set KAFKA_TOPIC=" + topic
                            + " to follow it; otherwise stop the program that listens there.",
                    e);
        } catch (BrokerNotStartedException e) {
            throw new CannotStartException(e.getMessage() + " Set KAFKA_TOPIC to follow a broker of your own.", e);
        }
    }

    /** Names this broker's topic, as if the user had set it. */
    private Map<String, String> environment() {
        return Map.of("KAFKA_TOPIC", topic, "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    }

    @Override
    public void close() {
        kafka.close();
    }

    private void sayHowToSend(String howToSend) {
        logger.info(
                "KAFKA_TOPIC is not set: started a Kafka broker on {} for topic '{}'. It forgets everything when the"
                        + " server stops ({}).",
                kafka.bootstrapServers(),
                topic,
                kafka.directory());
        logger.info("Send it a message: {}", howToSend);
    }
}
