package io.github.lateststate.benchmarks.latest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * A filled table. It lives in a class loader with its own version of the Kafka clients, so it uses only types of the
 * JDK at its border. From brokers, a topic and a key it returns the key's value and the table to close.
 */
final class GlobalTable implements Function<Map<String, String>, Map.Entry<String, AutoCloseable>> {

    private static final String STORE = "latest";

    GlobalTable() {}

    @Override
    public Map.Entry<String, AutoCloseable> apply(Map<String, String> asked) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.globalTable(
                asked.get("topic"),
                Consumed.with(Serdes.String(), Serdes.String()),
                Materialized.<String, String>as(Stores.inMemoryKeyValueStore(STORE))
                        .withCachingDisabled());
        Path folder = folder();
        Properties settings = new Properties();
        settings.put("bootstrap.servers", asked.get("servers"));
        settings.put("application.id", "benchmark-" + UUID.randomUUID());
        settings.put("state.dir", folder.toString());
        KafkaStreams streams = new KafkaStreams(builder.build(), settings);
        streams.start();
        ReadOnlyKeyValueStore<String, String> store = streams.store(
                StoreQueryParameters.fromNameAndType(STORE, QueryableStoreTypes.<String, String>keyValueStore()));
        return Map.entry(store.get(asked.get("key")), () -> {
            streams.close(Duration.ofSeconds(10));
            streams.cleanUp();
            Files.deleteIfExists(folder);
        });
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("benchmark-streams");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
