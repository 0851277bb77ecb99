package io.github.lateststate.kafka;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.PlainText;
import io.github.lateststate.engine.SeveralHeads;
import io.github.lateststate.spi.OutageBackoff;
import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.StoppedException;
import io.github.lateststate.spi.UndecidedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a subscription keeps from one attempt to the next, and what it reports of each. One thread at a time uses it;
 * only {@link #progress} is for all.
 */
final class Attempts {

    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);

    private volatile KafkaSettings settings;
    private @Nullable OutdatedLeaderException outdated;
    private final StateSink sink;
    private final FollowedLog log = new FollowedLog();
    private final OutageBackoff backoff = new OutageBackoff();
    private volatile String progress = "connecting";
    private @Nullable TopicBounds caughtUpTo;

    Attempts(KafkaSettings settings, StateSink sink) {
        this.settings = settings;
        this.sink = sink;
    }

    /** The settings of the subscription. */
    KafkaSettings settings() {
        return settings;
    }

    /**
     * The settings for the next attempt. Its clients begin at other brokers if an outdated leader answered. If the
     * others do not answer, the attempt after it begins anywhere.
     */
    KafkaSettings next() {
        KafkaSettings next = outdated == null ? settings : outdated.elsewhere(settings);
        outdated = null;
        return next;
    }

    /** Asks for credentials again, because these were refused. */
    private void renew() {
        try {
            settings = settings.renewed();
        } catch (InvalidSettingException e) { // its message shows no value
            logger.warn(
                    "The new settings of topic '{}' are not valid; the old ones stay: {}",
                    settings.topic(),
                    e.getMessage());
        } catch (RuntimeException e) { // its message may quote a value, so it is left out
            logger.warn(
                    "Cannot get new settings of topic '{}'; the old ones stay: {}",
                    settings.topic(),
                    e.getClass().getName());
        }
    }

    FollowedLog log() {
        return log;
    }

    String progress() {
        return progress;
    }

    void doing(String now) {
        progress = now;
    }

    void asking() {
        progress = "asking " + settings.brokers() + " for topic '" + settings.topic() + "'";
    }

    /**
     * Reports the first look-back as contact. Later look-backs may have had nothing to read and so prove nothing: the
     * follower reports contact then.
     */
    void lookedBack(TopicBounds bounds) {
        Topic topic = bounds.topic();
        progress = topic.followed();
        Optional<KafkaException> leaderless = noLeader(topic, settings, partition -> !log.knows(partition));
        if (leaderless.isPresent()) { // its last record may be the state
            sink.interrupted(leaderless.get());
        } else if (caughtUpTo == null) {
            caughtUpTo = bounds;
            sink.contact(bounds.age(), bounds.holdNewerThan(log::position));
            sink.caughtUp(log.recordsRead());
            SeveralHeads.warning("Topic '" + topic.name() + "'", topic.size(), "partition", "the producers'")
                    .ifPresent(logger::warn);
        }
    }

    /** Whether these bounds counted as contact, so that nothing needs to be asked just now. */
    boolean areContact(TopicBounds bounds) {
        return bounds.equals(caughtUpTo);
    }

    /** The trouble to report if some partitions of a topic have no leader. */
    static Optional<KafkaException> noLeader(Topic topic, KafkaSettings settings, Predicate<TopicPartition> concerned) {
        List<Integer> partitions = topic.partitions().stream()
                .filter(partition -> topic.leaderless().contains(partition.partition()))
                .filter(concerned)
                .map(TopicPartition::partition)
                .toList();
        if (partitions.isEmpty()) {
            return Optional.empty();
        }
        String which = partitions.stream().limit(10).map(String::valueOf).collect(Collectors.joining(", "))
                + (partitions.size() > 10 ? ", ..." : "");
        return Optional.of(new KafkaException("Topic '" + topic.name() + "' at " + settings.brokers() + ": partition "
                + which + " has no leader. Start the brokers that hold it."
                + (partitions.size() < topic.size() ? " The other partitions are followed." : "")));
    }

    void inContact() {
        backoff.reset();
    }

    /**
     * Reports that the followed log needs another look-back.
     *
     * @return how long to pause before it
     */
    Duration after(LookBackAgain again) {
        logger.info("Looking back again in topic '{}': {}", settings.topic(), PlainText.of(again.reason()));
        return backoff.next(false);
    }

    /**
     * Reports what went wrong.
     *
     * @return how long to pause before the next attempt; empty if there will be none
     */
    Optional<Duration> after(Throwable thrown) {
        Throwable cause = Causes.of(thrown);
        if (cause instanceof StoppedException) {
            logger.debug("Closed {}", settings);
            return Optional.empty();
        }
        if (cause instanceof WakeupException) { // if it was closed, the pause ends at once
            return Optional.of(backoff.next(false));
        }
        try {
            if (Causes.isTopicMissing(cause)) {
                sink.interrupted(Explanations.of(cause, settings));
                progress = "waiting for topic '" + settings.topic() + "' to be created";
                return Optional.of(untilMissingIsAskedForAgain());
            }
            if (cause instanceof UndecidedException) { // the trouble is the decoder's; the broker is fine
                progress = "waiting for the decoder";
                sink.interrupted(cause);
                return Optional.of(backoff.next(false));
            }
            RuntimeException explained = Explanations.of(cause, settings);
            if (Explanations.isFinal(cause)) {
                progress = "gave up";
                sink.failed(explained);
                return Optional.empty();
            }
            progress = "waiting to retry";
            sink.interrupted(explained);
            if (cause instanceof OutdatedLeaderException anOutdatedLeader) {
                outdated = anOutdatedLeader;
            }
            if (Causes.has(cause, AuthenticationException.class)) {
                renew();
            }
            return Optional.of(backoff.next(Causes.isDenied(cause)));
        } catch (StoppedException stopped) {
            return Optional.empty();
        }
    }

    private static Duration untilMissingIsAskedForAgain() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(1_000, 2_000));
    }
}
