package io.github.lateststate.docs;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.LatestStateBuilder;
import io.github.lateststate.json.JsonDecoder;
import io.github.lateststate.resource.LatestResource;
import io.github.lateststate.testing.InMemorySubscriber;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.apache.avro.Schema;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** What the snippets use and do not show: the reader's own types and objects, under the names that the pages use. */
public abstract class Surroundings implements AutoCloseable {

    private static final String BROKER = Broker.address();
    /** Ends with the JVM, like the broker. */
    protected static final KinesisAsyncClient client = KinesisAsyncClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create("http://127.0.0.1:1")) // where nobody listens
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build();

    protected static final String SAMPLE = "sample";

    protected final Logger log = LoggerFactory.getLogger(getClass());
    protected final Map<String, String> kafka = Map.of("bootstrap.servers", BROKER);
    protected final Map<String, String> environment =
            Map.of("KAFKA_TOPIC", "prices", "KAFKA_BOOTSTRAP_SERVERS", BROKER);
    protected final Properties properties = new Properties();
    protected final Vault vault = new Vault();
    protected final Executor myExecutor = Runnable::run;
    protected final MeterRegistry registry = new SimpleMeterRegistry();
    protected final byte[] payload = "{\"product\":\"tea\",\"cents\":250}".getBytes(StandardCharsets.UTF_8);
    protected final String input = "input";
    protected final Schema schema = Schema.create(Schema.Type.STRING);

    protected final Decoder<Price> decoder = JsonDecoder.of(Price.class);
    protected final LatestStateBuilder<Price> builder =
            LatestState.builder(decoder).subscriber("kafka").stream("prices");
    protected final LatestState<Price> state = LatestState.builder(decoder).subscriber(new InMemorySubscriber()).stream(
                    "prices")
            .open();
    protected final LatestState<Price> price = state;
    protected final LatestResource<Price, Model> models =
            LatestResource.builder(state, Model::download, Model::close).open();

    /** What the page shows. */
    public abstract void run() throws Exception;

    protected void startServing() {}

    protected void apply(Price newPrice) {}

    @Override
    public void close() {
        models.close();
        state.close();
    }

    /** The value of most pages. */
    public record Price(String product, long cents) {}

    /** The value of the second topic. */
    public record Flags(boolean newCheckout) {}

    /** The value of the pages on models. */
    public record ModelRef(String name, int version) {}

    /** What a {@link ModelRef} stands for. */
    public static final class Model {

        /** Takes any reference, as each page has its own. */
        public static Model download(Object reference) {
            return new Model();
        }

        public String predict(String anything) {
            return anything;
        }

        public void close() {}
    }

    /** Where the credentials are. */
    public static final class Vault {

        public Map<String, String> kafkaSettings() {
            return Map.of("sasl.jaas.config", currentJaasConfig());
        }

        public String currentJaasConfig() {
            return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"p\";";
        }
    }

    /** Stands for Confluent's class of this name, which is not on Maven Central. */
    public static final class KafkaAvroDeserializer implements Deserializer<Object> {

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            if (!configs.containsKey("schema.registry.url")) {
                throw new IllegalArgumentException("no schema.registry.url");
            }
        }

        @Override
        public Object deserialize(String topic, byte[] data) {
            return new String(data, StandardCharsets.UTF_8);
        }
    }
}
