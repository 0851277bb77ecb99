package io.github.lateststate.kafka;

import io.github.lateststate.spi.StateSink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass: it finds the topic, looks back, and makes the follower. The next session continues where the follower of
 * this one was.
 *
 * <p>A state that starts for the first time needs no admin client for it:
 *
 * <pre>
 * start   the consumer connects, and asks for the topic's partitions and where they end
 * search  the look-back reads within these ends; the state is ready
 * later   the follower asks for the topic's id for the first time, and reads the last record again: is it still there?
 * </pre>
 *
 * <p>Later the topic may be another one than before:
 *
 * <pre>
 * start   the admin client asks which topic it is; the consumer connects and asks where the log ends
 * answer  both know the same number of partitions, and the ends are less than 1 s old: they are the bounds
 * search  the look-back reads within them; the admin client asks meanwhile whether transactions are open
 * end     that answer has arrived: the first contact needs it
 * </pre>
 *
 * <p>The ends that a consumer reports do not say which leader answered. So they are not used once leaders are known: the
 * answer of an outdated leader would look like a truncated log. If the topic was replaced meanwhile, they may be those
 * of the old one: the search then finds that they are wrong.
 */
final class KafkaSession {

    private static final Logger logger = LoggerFactory.getLogger(KafkaSubscriber.class);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long the consumer may take to find the topic by itself. If many instances start together, brokers are busy. */
    private static final Duration FIRST_PATIENCE = Duration.ofSeconds(3);

    private final KafkaSettings settings;
    private final FollowedLog log;
    private final StateSink sink;
    private final StopSignal stop;
    private final java.util.function.Consumer<String> progress;
    private final Offers offers;
    private final LookBackProbe probe;
    private final TopicFinder finder;

    KafkaSession(
            KafkaSettings settings,
            FollowedLog log,
            Supplier<Admin> admin,
            StateSink sink,
            StopSignal stop,
            java.util.function.Consumer<String> progress) {
        this.settings = settings;
        this.log = log;
        this.sink = sink;
        this.stop = stop;
        this.progress = progress;
        this.offers = new Offers(sink);
        this.probe = new LookBackProbe(admin, settings);
        this.finder = new TopicFinder(settings, admin, probe);
    }

    /** Asks for the topic, once. */
    CompletableFuture<Topic> find() {
        return finder.find();
    }

    /**
     * The question which topic it is. The admin client asks it while the consumers connect. The first look-back asks it
     * only if the consumer does not find the topic at once.
     */
    TopicQuestion question(LookBackConsumers consumers) {
        TopicQuestion question = new TopicQuestion(this::find, consumers::wake, log.isNew());
        if (log.isNew()) {
            consumers.onLaterAnswer(question::ask);
        } else {
            question.ask();
        }
        return question;
    }

    /**
     * Looks back in the topic.
     *
     * @param consumers to read with; the one that follows is not closed
     * @param found the question which topic it is
     * @param lookedBack receives the bounds of the look-back as soon as it has ended
     * @return the bounds of the look-back
     */
    TopicBounds lookBack(
            LookBackConsumers consumers, TopicQuestion found, java.util.function.Consumer<TopicBounds> lookedBack) {
        try {
            stop.wakeBy(consumers::wake);
            Optional<TopicBounds> early =
                    EarlyEnds.tryToAsk(consumers.current(), settings, log.isNew() ? FIRST_PATIENCE : PATIENCE);
            Start start = early.isPresent() && found.dismiss()
                    ? startAtOnce(early.get())
                    : startIn(stop.await(found.answer()), early, consumers);
            LookBackRound round = new LookBackRound(consumers, start.within(), log, offers);
            while (!round.done()) {
                progress.accept(round.progress()); // before the poll: a decoder may block in it
                round.poll();
                if (!round.done() && round.needsNewBounds()) {
                    askAgain(consumers, round);
                }
            }
            log.lookedBack();
            TopicBounds bounds = stop.await(start.asked());
            log.answered(bounds);
            isIn(consumers.cluster());
            lookedBack.accept(bounds);
            return bounds;
        } catch (KafkaException e) {
            throw SilentBrokers.named(e, settings.topic(), consumers.current());
        } finally {
            consumers.closeAllButFollowing();
        }
    }

    /** The answer. If a consumer is refused, its error does not name the missing right: asking for the topic does. */
    <V> CompletableFuture<V> withRight(CompletableFuture<V> ended) {
        return ended.exceptionallyCompose(thrown -> Causes.has(thrown, TopicAuthorizationException.class)
                ? described()
                        .handle((there, refused) ->
                                refused != null && Causes.has(refused, MissingRight.class) ? refused : thrown)
                        .thenCompose(CompletableFuture::failedFuture)
                : CompletableFuture.failedFuture(thrown));
    }

    private CompletableFuture<Topic> described() {
        try {
            return probe.describe();
        } catch (RuntimeException e) { // the last user has closed the admin client
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A follower that starts where the look-back ended. */
    Follower follower(TopicBounds bounds, Runnable inContact) {
        return new Follower(bounds, settings, log, sink, stop, inContact);
    }

    /**
     * What a look-back starts with.
     *
     * @param within the bounds to search within
     * @param asked the same bounds, and whether transactions are open if that was asked
     */
    private record Start(TopicBounds within, CompletableFuture<TopicBounds> asked) {}

    private Start startAtOnce(TopicBounds within) {
        log.unverified().begin();
        return new Start(within, CompletableFuture.completedFuture(within));
    }

    private Start startIn(Topic topic, Optional<TopicBounds> early, LookBackConsumers consumers) {
        if (log.isReplacedBy(topic)) {
            logger.info("Topic '{}' was deleted and created again: looking back in the new one", topic.name());
        }
        if (log.adopt(topic)) {
            sink.replaced();
            isIn(consumers.cluster());
        }
        Optional<TopicBounds> first = early.filter(ends -> !log.knowsLeaders()
                        && ends.partitions().size() == topic.size()
                        && ends.age().compareTo(PATIENCE) < 0)
                .map(ends -> ends.in(topic));
        CompletableFuture<TopicBounds> asked = first.map(
                        bounds -> probe.hidden(topic).thenApply(bounds::writtenUpTo))
                .orElseGet(() -> probe.ask(topic));
        TopicBounds within = first.orElseGet(() -> stop.await(asked));
        log.requireNoneOutdated(within);
        log.forgetCutOffPositions(within);
        return new Start(within, asked);
    }

    private void isIn(Optional<String> cluster) {
        cluster.flatMap(log::isIn)
                .ifPresent(before -> sink.interrupted(new KafkaException("Cluster " + cluster.orElseThrow()
                        + " answers instead of cluster " + before + " at " + settings.brokers()
                        + ": topic '" + settings.topic()
                        + "' is read as a new topic. If this is not intended,"
                        + " check bootstrap.servers and the DNS.")));
    }

    private void askAgain(LookBackConsumers consumers, LookBackRound round) {
        boolean silent = round.needsAnotherConnection();
        TopicBounds bounds = stop.await(probe.ask(round.open()));
        log.identify(bounds.topic());
        if (!log.isOf(bounds.topic())) {
            throw new KafkaException("The topic was deleted and created again during the look-back");
        }
        log.requireNoneOutdated(bounds);
        log.requireReadFromNewest(bounds, LeaderWatch.readFrom(consumers.current(), bounds.topic()));
        if (silent) {
            throw new TimeoutException("The broker did not answer a fetch. The log is read over another connection.");
        }
        round.goOnWith(bounds);
    }
}
