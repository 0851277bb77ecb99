package io.github.lateststate.kafka;

import io.github.lateststate.DecodeLaterException;
import io.github.lateststate.Decoder;
import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.Origin;
import io.github.lateststate.PlainText;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes with a Kafka deserializer, such as one that asks a schema registry.
 *
 * <pre>{@code
 * LatestState.builder(KafkaDecoder.of(new KafkaAvroDeserializer()))
 *         .subscriber("kafka")
 *         .setting("schema.registry.url", "http://localhost:8081")
 * }</pre>
 *
 * <p>The deserializer is configured with all settings of the state, as a deserializer for values, and closed with the
 * state. References such as {@code ${file:…}} in the settings are resolved before. It receives the topic and all
 * headers, those of one name together.
 *
 * <p>If it cannot reach what it needs, or is refused there, the record is decoded again later. So it is with a registry
 * that is away, answers with an HTTP status of 500 or more, refuses the credentials, or asks for fewer requests. To
 * decode again later for another reason, throw a {@code RetriableException}. If it throws anything else, the record is
 * rejected.
 *
 * <p>A decoder belongs to one state, like most deserializers.
 *
 * @param <T> the type of the values
 */
public final class KafkaDecoder<T> implements Decoder<T> {

    private final Deserializer<T> deserializer;
    private volatile String topic = "";

    private KafkaDecoder(Deserializer<T> deserializer) {
        this.deserializer = deserializer;
    }

    /**
     * Uses a deserializer.
     *
     * @param deserializer not configured yet; this decoder configures and closes it
     * @param <T> the type of the values
     * @return a decoder for one state
     */
    public static <T> KafkaDecoder<T> of(Deserializer<T> deserializer) {
        return new KafkaDecoder<>(Objects.requireNonNull(deserializer, "deserializer"));
    }

    /**
     * Configures the deserializer.
     *
     * @throws InvalidSettingException if a reference in the settings cannot be resolved, or the deserializer refuses
     *     them
     */
    @Override
    public void open(String stream, Map<String, String> settings) {
        topic = stream;
        Map<String, String> resolved = ConfigProviders.resolved(new SubscriptionSettings(stream, settings))
                .settings();
        try {
            deserializer.configure(resolved, false);
        } catch (RuntimeException e) { // without its text and cause, which may quote a value
            throw new InvalidSettingException(
                    "value.deserializer",
                    "The deserializer " + deserializer.getClass().getName() + " refuses the settings ("
                            + e.getClass().getSimpleName() + "): check those that it needs.");
        }
    }

    /** Decodes one payload. */
    @Override
    public @Nullable T decode(byte[] payload, Origin origin) throws DecodeLaterException {
        RecordHeaders headers = new RecordHeaders();
        origin.headers().forEach((name, values) -> values.forEach(value -> headers.add(name, value)));
        try {
            return deserializer.deserialize(topic, headers, payload);
        } catch (RuntimeException e) {
            if (OutOfReach.is(e)) {
                throw new DecodeLaterException(
                        "The deserializer " + deserializer.getClass().getName()
                                + " cannot reach what it needs: check the schema registry, its credentials and the network. "
                                + PlainText.of(e),
                        e);
            }
            throw e;
        }
    }

    /** Closes the deserializer. */
    @Override
    public void close() {
        deserializer.close();
    }
}
