package io.github.lateststate.kafka;

import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.Map;

/** Followers for tests without a broker. */
final class Followers {

    /** Where they have read to. */
    static final long POSITION = 7;

    private Followers() {}

    static Follower of(Topic followed, StateSink sink, StopSignal stop) {
        FollowedLog log = new FollowedLog();
        log.adopt(followed);
        followed.partitions().forEach(partition -> log.reached(partition, POSITION));
        TopicBounds bounds = new TopicBounds(System.nanoTime(), followed, Map.of());
        return new Follower(bounds, settings(followed.name()), log, sink, stop, () -> {});
    }

    static KafkaSettings settings(String topic) {
        return KafkaSettings.of(new SubscriptionSettings(topic, Map.of("bootstrap.servers", "localhost:9")));
    }
}
