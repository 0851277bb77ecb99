package io.github.lateststate.kafka;

import io.github.lateststate.spi.StateSink;
import io.github.lateststate.spi.StoppedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.jspecify.annotations.Nullable;

/**
 * Follows all partitions of one topic from the positions that the log knows. It takes what a {@link FollowLoop} has
 * polled, and judges from the broker's answers whether that is still up to date. For the thread of the loop; only
 * {@link #ended} is for all.
 */
final class Follower {

    private final List<TopicPartition> partitions;
    private final KafkaSettings settings;
    private final FollowedLog log;
    private final Offers offers;
    private final StateSink sink;
    private final StopSignal stop;
    private final ContactCheck contact;
    private final BrokerQuestion question;
    private final CompletableFuture<LookBackAgain> ended = new CompletableFuture<>();
    private final LogChanges changes;
    private boolean paused;
    private @Nullable OutdatedLeaderException outdated;
    private Set<Integer> leaderless;

    Follower(
            TopicBounds bounds,
            KafkaSettings settings,
            FollowedLog log,
            StateSink sink,
            StopSignal stop,
            Runnable inContact) {
        this.partitions =
                bounds.topic().partitions().stream().filter(log::knows).toList();
        this.leaderless = bounds.topic().leaderless();
        this.settings = settings;
        this.changes = new LogChanges(log);
        this.question = new BrokerQuestion(settings);
        this.log = log;
        this.offers = new Offers(sink);
        this.sink = sink;
        this.stop = stop;
        this.contact = new ContactCheck(bounds, log, sink, inContact);
    }

    /** The followed topic as it was when the broker last answered. */
    Topic topic() {
        return contact.topic();
    }

    /** The partitions that had a look-back. A partition without a leader has to wait for one. */
    List<TopicPartition> partitions() {
        return partitions;
    }

    /** The partitions that are not fetched for now. */
    Set<TopicPartition> unfetched() {
        return partitions.stream()
                .filter(partition -> paused || leaderless.contains(partition.partition()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether records are on their way, according to the broker. */
    boolean isBehind() {
        return !paused && contact.isBehind();
    }

    /** Set if a replaced leader has answered, so that another broker must be asked. */
    Optional<OutdatedLeaderException> outdatedLeader() {
        return Optional.ofNullable(outdated);
    }

    /** Where to read a partition from. */
    OffsetAndMetadata start(TopicPartition partition) {
        return new OffsetAndMetadata(log.position(partition), log.leaderEpoch(partition), "");
    }

    /** Completes when the log needs another look-back, or with what went wrong. */
    CompletableFuture<LookBackAgain> ended() {
        return ended;
    }

    /** Whether it has ended. Ends it if it was closed. */
    boolean isOver() {
        return ended.isDone() || (stop.isSet() && ended.completeExceptionally(new StoppedException()));
    }

    /** Ends it with a failure, unless it has ended. */
    void fail(Throwable cause) {
        ended.completeExceptionally(cause);
    }

    /** Ends it because the log no longer holds the positions. It may be truncated, and as long again as it was. */
    void endOutOfRange(OffsetOutOfRangeException lost) {
        lost.partitions().stream().filter(partitions::contains).forEach(log::cutOff);
        lookBackAgain("the record at " + lost.offsetOutOfRangePartitions() + " is no longer in the log");
    }

    /** Ends it because something cannot be read. A look-back finds its bounds, and what is readable around it. */
    void endUnreadable(Throwable thrown) {
        lookBackAgain("a batch cannot be read: " + Causes.described(thrown));
    }

    /** Takes the records of its topic from a poll. */
    void take(Polled polled) {
        for (TopicPartition partition : partitions) {
            List<ConsumerRecord<byte[], byte[]>> read = polled.recordsFrom(log.position(partition), partition);
            if (!log.unverified().take(partition, polled, log.position(partition))) {
                lookBackAgain("it was deleted and created again while the state started");
                return;
            }
            if (!read.isEmpty()) {
                offers.offerNewest(read);
                reached(partition, read.get(read.size() - 1).offset() + 1);
            }
            polled.next(partition)
                    .filter(next -> !read.isEmpty() || next.offset() != log.position(partition))
                    .ifPresent(next -> {
                        log.readOf(partition, next.leaderEpoch());
                        reached(partition, next.offset());
                    });
        }
        contact.moved();
    }

    /** What it has to read again. */
    UnverifiedReads unverified() {
        return log.unverified();
    }

    /** The question that it asks the broker. */
    BrokerQuestion question() {
        return question;
    }

    /** Fetches nothing until the broker has been asked, which is due now: something seems to be wrong. */
    void suspect() {
        if (!paused) {
            paused = true;
            question.askSoon();
        }
    }

    /** Notes that the broker is asked. */
    void asks(CompletableFuture<TopicBounds> answer) {
        changes.asked();
        question.asked(answer);
    }

    /** Names the brokers that gave no answer, until there is one. */
    void name(SilentBrokers brokers) {
        if (question.name(brokers) && !ended.isDone()) {
            sink.interrupted(Explanations.of(brokers, settings));
        }
    }

    /**
     * Judges the broker's answer, if it has arrived.
     *
     * @param position where the reader is
     */
    void onAnswer(ToLongFunction<TopicPartition> position) {
        question.outcome().ifPresent(outcome -> onOutcome(outcome, position));
    }

    private void onOutcome(CompletableFuture<TopicBounds> outcome, ToLongFunction<TopicPartition> position) {
        outdated = null;
        TopicBounds answer;
        try {
            answer = outcome.join();
            log.identify(answer.topic());
            log.requireNoneOutdated(answer);
        } catch (RuntimeException e) {
            noAnswer(Causes.of(e));
            return;
        }
        partitions.forEach(partition -> reached(partition, position.applyAsLong(partition)));
        judge(answer);
    }

    /** Takes what other brokers say about the leaders that it reads from. */
    void onSecondOpinion(TopicBounds others, Map<TopicPartition, Integer> readFrom) {
        if (!ended.isDone() && log.isOf(others.topic())) {
            try {
                log.requireReadFromNewest(others, readFrom);
            } catch (OutdatedLeaderException e) {
                noAnswer(e);
            }
        }
    }

    private void lookBackAgain(String reason) {
        ended.complete(new LookBackAgain(reason));
    }

    private void reached(TopicPartition partition, long position) {
        if (position > log.position(partition)) {
            log.reached(partition, position);
            changes.moved(partition);
        }
    }

    private void noAnswer(Throwable cause) {
        if (Causes.has(cause, AuthenticationException.class)) { // only the next attempt has new credentials
            fail(cause);
            return;
        }
        question.failed(cause).ifPresent(reported -> {
            outdated = cause instanceof OutdatedLeaderException one ? one : null;
            contact.interrupted();
            paused |= Causes.isTopicMissing(cause);
            sink.interrupted(Explanations.of(reported, settings));
        });
    }

    private void judge(TopicBounds answer) {
        question.answered();
        paused = false;
        if (log.isOf(answer.topic())) {
            log.answered(answer);
            leaderless = answer.topic().leaderless();
        }
        Optional<String> changed = changes.in(answer, contact.topic());
        Optional<KafkaException> noLeader = Attempts.noLeader(answer.topic(), settings, partition -> true);
        if (changed.isPresent()) {
            lookBackAgain(changed.get());
        } else if (noLeader.isPresent()) {
            contact.interrupted();
            sink.interrupted(noLeader.get());
        } else if (!ended.isDone()) { // asking for a position may show that it is no longer in the log
            contact.answered(answer);
        }
    }
}
