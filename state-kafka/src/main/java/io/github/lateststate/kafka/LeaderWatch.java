package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Watches for a {@link FollowLoop} whether partitions are read from leaders that were replaced. For the thread of the
 * loop.
 */
final class LeaderWatch {

    private final FollowClients clients;
    private @Nullable CompletableFuture<Optional<SecondOpinion>> asking;
    private Optional<KafkaSettings> newestKnownAt = Optional.empty();

    LeaderWatch(FollowClients clients) {
        this.clients = clients;
    }

    /** Asks other brokers about the leaders of these followers, unless a question is under way. */
    void ask(Collection<Follower> followers) {
        if (asking == null) {
            Map<Topic, Map<TopicPartition, Integer>> readFrom = new HashMap<>();
            followers.forEach(
                    follower -> readFrom.put(follower.topic(), readFrom(clients.consumer(), follower.topic())));
            clients.witnesses().ifPresent(witnesses -> asking = witnesses.ask(readFrom));
        }
    }

    /** Passes the answers of other brokers to the followers, by topic, if they know newer leaders. */
    void onAnswer(Map<String, Follower> followers) {
        if (asking == null || !asking.isDone()) {
            return;
        }
        Optional<SecondOpinion> answered =
                asking.exceptionally(noAnswer -> Optional.empty()).join();
        asking = null;
        answered.ifPresent(opinion -> {
            newestKnownAt = Optional.of(opinion.at());
            for (TopicBounds answer : opinion.answers()) {
                Follower follower = followers.get(answer.topic().name());
                if (follower != null) {
                    follower.onSecondOpinion(answer, readFrom(clients.consumer(), answer.topic()));
                }
            }
        });
    }

    /** Where to begin with other clients: the brokers that know a newer leader, if there are any. Returns them once. */
    Optional<KafkaSettings> newestKnownAt() {
        Optional<KafkaSettings> at = newestKnownAt;
        newestKnownAt = Optional.empty();
        return at;
    }

    /** The leaders that a consumer fetches from, as far as it knows them. Does not block. */
    static Map<TopicPartition, Integer> readFrom(Consumer<?, ?> consumer, Topic topic) {
        try {
            return consumer.partitionsFor(topic.name(), Duration.ZERO).stream()
                    .filter(found -> found.leader() != null && !found.leader().isEmpty())
                    .collect(Collectors.toMap(
                            found -> new TopicPartition(found.topic(), found.partition()),
                            found -> found.leader().id()));
        } catch (KafkaException e) {
            return Map.of(); // it has only just begun
        }
    }
}
