package io.github.lateststate.kafka;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.stream.Collectors.toMap;

import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.SubscriptionSettings;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Followers for tests without a broker. */
final class Followers {

    /** Where they have read to. */
    static final long POSITION = 7;

    private Followers() {}

    static Follower of(Topic followed, StateSink sink, StopSignal stop) {
        FollowedLog log = new FollowedLog();
        log.adopt(followed);
        return of(followed, log, sink, stop);
    }

    /** One that has read to the same place before the topic's id was known. It remembers no record. */
    static Follower unverified(Topic followed, StateSink sink) {
        FollowedLog log = new FollowedLog();
        log.unverified().begin();
        return of(followed, log, sink, new StopSignal());
    }

    private static Follower of(Topic followed, FollowedLog log, StateSink sink, StopSignal stop) {
        followed.partitions().forEach(partition -> log.reached(partition, POSITION));
        TopicBounds bounds = new TopicBounds(System.nanoTime(), followed, Map.of());
        return new Follower(bounds, settings(followed.name()), log, sink, stop, () -> {});
    }

    /** The answer that a topic is the same, and that its partitions end where they were read to. */
    static CompletableFuture<TopicBounds> unchanged(Topic followed) {
        return completedFuture(new TopicBounds(
                System.nanoTime(),
                followed,
                followed.partitions().stream()
                        .collect(toMap(
                                partition -> partition,
                                partition -> new PartitionBounds(PartitionBounds.NOT_ASKED, POSITION, POSITION)))));
    }

    static KafkaSettings settings(String topic) {
        return KafkaSettings.of(new SubscriptionSettings(topic, Map.of("bootstrap.servers", "localhost:9")));
    }
}
