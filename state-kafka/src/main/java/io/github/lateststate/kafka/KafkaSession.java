package io.github.lateststate.kafka;

import io.github.lateststate.spi.StateSink;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection's life: find the topic, look back, follow. Following ends when the log is no longer what it was, or by an exception; the
 * next session goes on where this one was.
 */
final class KafkaSession {

    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final KafkaSettings settings;
    private final FollowedLog log;
    private final StateSink sink;
    private final StopSignal stop;
    private final java.util.function.Consumer<String> progress;
    private final Offers offers;
    private final TopicProbe probe;
    private final EndsProbe ends;
    private final TopicFinder finder;

    KafkaSession(
            KafkaSettings settings,
            FollowedLog log,
            Admin admin,
            StateSink sink,
            StopSignal stop,
            java.util.function.Consumer<String> progress) {
        this.settings = settings;
        this.log = log;
        this.sink = sink;
        this.stop = stop;
        this.progress = progress;
        this.offers = new Offers(sink, log);
        this.probe = new TopicProbe(admin, settings);
        this.ends = new EndsProbe(admin, settings.isolation());
        this.finder = new TopicFinder(settings, admin, probe);
    }

    /** Asks for the topic, once. */
    CompletableFuture<Topic> find() {
        return finder.find();
    }

    /**
     * Looks back in the topic.
     *
     * @param found waits for the topic, which should be on its way
     * @param lookedBack is told the bounds within which it was looked, as soon as that has ended
     * @return the bounds within which it was looked
     */
    LogBounds lookBack(Supplier<Topic> found, java.util.function.Consumer<LogBounds> lookedBack) {
        Consumer<byte[], byte[]> consumer = KafkaClients.lookBackConsumer(settings);
        Set<Node> leaders = new HashSet<>();
        Quota quota = new Quota(consumer);
        try {
            stop.wakeBy(consumer::wakeup);
            Optional<LogEnds> early = earlyEnds(consumer, leaders);
            Topic topic = found.get();
            CompletableFuture<Optional<String>> cluster = finder.clusterId();
            if (log.adopt(topic)) {
                logger.info("Topic '{}' was deleted and created again: looking back in the new one", topic.name());
                isIn(stop.await(cluster));
            }
            CompletableFuture<Map<TopicPartition, Long>> highWatermarks = probe.highWatermarks(topic.partitions());
            // Early ends may be those of a topic that was replaced meanwhile: the search finds them to be wrong then.
            LogBounds within = early.filter(ends -> ends.areOf(topic) && ends.areYoungerThan(PATIENCE))
                    .map(ends -> LogBounds.upTo(ends, topic))
                    .orElseGet(() -> bounds(consumer, topic));
            LookBackRound round = new LookBackRound(consumer, within, log, offers);
            while (!round.done()) {
                progress.accept(round.progress() + quota.suffix());
                round.poll();
                if (round.isInDoubt()) {
                    askAgain(round);
                }
            }
            LogBounds bounds = within.withHighWatermarks(stop.await(highWatermarks));
            isIn(stop.await(cluster));
            lookedBack.accept(bounds);
            return bounds;
        } catch (KafkaException e) {
            throw SilentBrokers.named(e, leaders, consumer);
        } finally {
            KafkaClients.close(consumer);
        }
    }

    /** The same missing answer; it names the brokers that gave none, if one that answers names them. Blocks for up to two seconds. */
    Throwable withSilentBrokers(Throwable noAnswer) {
        if (!(noAnswer instanceof KafkaException thrown)) {
            return noAnswer;
        }
        Consumer<byte[], byte[]> consumer = KafkaClients.lookBackConsumer(settings);
        try {
            Set<Node> leaders = new HashSet<>();
            earlyEnds(consumer, leaders);
            return SilentBrokers.named(thrown, leaders, consumer);
        } finally {
            KafkaClients.close(consumer);
        }
    }

    /**
     * Follows from where the look-back ended.
     *
     * @param bounds what the look-back returned
     * @return why the log has to be looked back in again
     */
    String follow(LogBounds bounds, Runnable inContact) {
        Follower follower = follower(bounds, inContact);
        Consumer<byte[], byte[]> consumer = KafkaClients.followConsumer(settings);
        Quota quota = new Quota(consumer);
        try (FollowLoop loop = new FollowLoop(consumer, ends)) {
            stop.wakeBy(loop::wake);
            loop.add(follower);
            while (!loop.isEmpty()) {
                loop.turn();
                progress.accept(bounds.topic().followed() + quota.suffix());
            }
        }
        return stop.await(withRight(follower.ended()));
    }

    /** The same; if a consumer is refused, which does not say why, asking for the topic tells which right is missing. */
    <V> CompletableFuture<V> withRight(CompletableFuture<V> ended) {
        return ended.exceptionallyCompose(thrown -> Causes.has(thrown, TopicAuthorizationException.class)
                ? probe.describe()
                        .handle((there, refused) ->
                                refused != null && Causes.has(refused, MissingRight.class) ? refused : thrown)
                        .thenCompose(CompletableFuture::failedFuture)
                : CompletableFuture.failedFuture(thrown));
    }

    /** Who follows from where the look-back ended. */
    Follower follower(LogBounds bounds, Runnable inContact) {
        return new Follower(bounds, settings, log, offers, sink, stop, inContact);
    }

    /**
     * Asks while the admin client still asks which topic it is, as the consumer has to connect too. What goes wrong is met again
     * where it counts.
     */
    private Optional<LogEnds> earlyEnds(Consumer<byte[], byte[]> consumer, Set<Node> leaders) {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(settings.topic(), PATIENCE).stream()
                    .peek(found -> Optional.ofNullable(found.leader()).ifPresent(leaders::add))
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList(); // none if the topic is missing
            return Optional.of(LogEnds.ask(consumer, partitions, PATIENCE));
        } catch (KafkaException e) {
            logger.debug("Not connected yet: {}", settings.redaction().of(e.toString()));
            return Optional.empty();
        }
    }

    private LogBounds bounds(Consumer<byte[], byte[]> consumer, Topic topic) {
        try {
            return LogBounds.upTo(LogEnds.ask(consumer, topic.partitions(), PATIENCE), topic);
        } catch (KafkaException e) {
            logger.debug(
                    "Asking the admin client, which says what cannot be asked: {}",
                    settings.redaction().of(e.toString()));
            return stop.await(probe.ask(topic));
        }
    }

    private void isIn(Optional<String> cluster) {
        cluster.flatMap(log::isIn)
                .ifPresent(
                        before -> sink.interrupted(
                                new KafkaException(
                                        "Cluster " + cluster.orElseThrow()
                                                + " answers instead of cluster " + before + " at " + settings.brokers()
                                                + ": topic '" + settings.topic()
                                                + "' is read like one that was created again. If this is not intended, check bootstrap.servers and the DNS.")));
    }

    private void askAgain(LookBackRound round) {
        LogBounds bounds;
        try {
            bounds = stop.await(probe.ask(round.open()));
        } catch (KafkaException e) {
            if (settings.shareClients() || Causes.isTopicMissing(e)) {
                throw e; // to be tried again later: others need this thread, or there is nothing to read
            }
            sink.interrupted(Trouble.explained(e, settings));
            round.goOn();
            return;
        }
        if (!log.isOf(bounds.topic())) {
            throw new KafkaException("The topic was deleted and created again during the look-back");
        }
        round.goOnWith(bounds);
    }
}
