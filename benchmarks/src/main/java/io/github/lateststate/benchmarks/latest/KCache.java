package io.github.lateststate.benchmarks.latest;

import io.github.lateststate.benchmarks.kafka.FilledTopic;
import io.github.lateststate.benchmarks.report.Versions;
import io.kcache.KafkaCache;
import io.kcache.KafkaCacheConfig;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;

final class KCache implements Peer {

    @Override
    public String name() {
        return "kcache";
    }

    @Override
    public String setUp() {
        return Versions.shown("io.kcache:kcache")
                + ": `KafkaCache` in memory, read-only. `init()` returns when the topic has been read. Then one `get` reads the key.";
    }

    @Override
    public boolean readsTheLog() {
        return true;
    }

    @Override
    public AutoCloseable open(String bootstrapServers, FilledTopic topic, Consumer<String> latest) throws Exception {
        KafkaCache<String, String> cache = new KafkaCache<>(
                new KafkaCacheConfig(Map.of(
                        KafkaCacheConfig.KAFKACACHE_BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        KafkaCacheConfig.KAFKACACHE_TOPIC_CONFIG,
                        topic.name(),
                        KafkaCacheConfig.KAFKACACHE_TOPIC_NUM_PARTITIONS_CONFIG,
                        topic.partitions(),
                        KafkaCacheConfig.KAFKACACHE_TOPIC_REQUIRE_COMPACT_CONFIG,
                        false,
                        KafkaCacheConfig.KAFKACACHE_TOPIC_READ_ONLY_CONFIG,
                        true,
                        KafkaCacheConfig.KAFKACACHE_GROUP_ID_CONFIG,
                        "benchmark-" + UUID.randomUUID())),
                Serdes.String(),
                Serdes.String());
        cache.init();
        latest.accept(cache.get(topic.lastKey()));
        return cache;
    }
}
