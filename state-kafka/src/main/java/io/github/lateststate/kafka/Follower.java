package io.github.lateststate.kafka;

import io.github.lateststate.spi.StateSink;
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
import org.jspecify.annotations.Nullable;

/**
 * Follows all partitions of one topic from the positions that the log knows: takes what a {@link FollowLoop} has polled, and judges
 * by the broker's answers whether this is still the truth. Contact is what the broker said and the reader has come up to; an empty
 * poll is not. For the thread of the loop; only {@link #ended} is for all.
 */
final class Follower {

    private final List<TopicPartition> partitions;
    private final KafkaSettings settings;
    private final FollowedLog log;
    private final Offers offers;
    private final StateSink sink;
    private final StopSignal stop;
    private final Runnable inContact;
    private final BrokerQuestion question;
    private final CompletableFuture<LookBackAgain> ended = new CompletableFuture<>();
    private final LogChanges changes;

    private LogBounds bounds;
    private boolean paused;
    private boolean outdated;
    private Set<Integer> leaderless;
    private @Nullable LogBounds notReached;

    Follower(
            LogBounds bounds,
            KafkaSettings settings,
            FollowedLog log,
            StateSink sink,
            StopSignal stop,
            Runnable inContact) {
        this.bounds = bounds;
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
        this.inContact = inContact;
    }

    /** What it follows, as it was when it began. */
    Topic topic() {
        return bounds.topic();
    }

    /** The partitions that have been looked back in; one that had no leader waits for it. */
    List<TopicPartition> partitions() {
        return partitions;
    }

    /** Those of which nothing is to be fetched for now. */
    Set<TopicPartition> unfetched() {
        return partitions.stream()
                .filter(partition -> paused || leaderless.contains(partition.partition()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether records are on their way, as the broker says. */
    boolean isBehind() {
        return !paused && notReached != null;
    }

    /** Whether a leader has answered that was replaced, so that another broker is to be asked. */
    boolean wasAnsweredByAnOutdatedLeader() {
        return outdated;
    }

    /** Where to read a partition from. */
    OffsetAndMetadata start(TopicPartition partition) {
        return new OffsetAndMetadata(log.position(partition), log.leaderEpoch(partition), "");
    }

    /** That the log has to be looked back in again, once it has; or what went wrong. */
    CompletableFuture<LookBackAgain> ended() {
        return ended;
    }

    /** Ends it by what went wrong, unless it has ended. */
    void fail(Throwable cause) {
        ended.completeExceptionally(cause);
    }

    /** Ends it because positions are no longer in the log: of a truncated one too, which may by now be as long as it was. */
    void endOutOfRange(OffsetOutOfRangeException lost) {
        lost.partitions().stream().filter(partitions::contains).forEach(log::cutOff);
        lookBackAgain("what is at " + lost.offsetOutOfRangePartitions() + " is no longer in the log");
    }

    /** Ends it because something cannot be read: a look-back finds its bounds, and what is readable around it. */
    void endUnreadable(Throwable thrown) {
        lookBackAgain("a batch cannot be read: " + Causes.described(thrown));
    }

    /** Takes what a poll has brought of its topic. */
    void take(Polled polled) {
        for (TopicPartition partition : partitions) {
            List<ConsumerRecord<byte[], byte[]>> read = polled.records(partition);
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
        contactIfReached();
    }

    /** What it asks the broker. */
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

    /** Says that the broker is asked. */
    void asks(CompletableFuture<LogBounds> answer) {
        changes.asked();
        question.asked(answer);
    }

    /** Says which brokers gave no answer, until there is one. */
    void name(SilentBrokers brokers) {
        if (question.name(brokers) && !ended.isDone()) {
            sink.interrupted(Trouble.explained(brokers, settings));
        }
    }

    /**
     * Judges the broker's answer, if it is there.
     *
     * @param position where the reader is
     */
    void onAnswer(ToLongFunction<TopicPartition> position) {
        stop.check();
        question.outcome().ifPresent(outcome -> onOutcome(outcome, position));
    }

    private void onOutcome(CompletableFuture<LogBounds> outcome, ToLongFunction<TopicPartition> position) {
        outdated = false;
        LogBounds answer;
        try {
            answer = outcome.join();
            if (log.isOf(answer.topic())) {
                log.requireNoneOutdated(answer);
            }
        } catch (RuntimeException e) {
            noAnswer(Causes.of(e));
            return;
        }
        partitions.forEach(partition -> reached(partition, position.applyAsLong(partition)));
        judge(answer);
    }

    /** Takes what others say of the leaders it reads from. */
    void onSecondOpinion(LogBounds others, Map<TopicPartition, Integer> readFrom) {
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

    long position(TopicPartition partition) {
        return log.position(partition);
    }

    private void reached(TopicPartition partition, long position) {
        if (position != log.position(partition)) {
            log.reached(partition, position);
            changes.moved(partition);
        }
    }

    private void contactIfReached() {
        if (notReached != null && notReached.isReachedAt(log::position)) {
            contact(notReached);
            notReached = null;
        }
    }

    private void contact(LogBounds reached) {
        inContact.run();
        sink.contact(reached.age(), bounds.holdNewerThan(log::position));
    }

    private void noAnswer(Throwable cause) {
        Optional<Throwable> reported = question.failed(cause);
        if (reported.isEmpty()) {
            return;
        }
        outdated = cause instanceof OutdatedLeaderException;
        notReached = null; // bounds of before the trouble prove nothing
        if (Causes.isTopicMissing(cause)) {
            paused = true;
            sink.interrupted(TopicFinder.missing(settings));
        } else {
            sink.interrupted(Trouble.explained(reported.get(), settings));
        }
    }

    /** Takes an answer to be the truth, unless it says that the log is another one or no longer what it was. */
    private void judge(LogBounds answer) {
        question.answered();
        paused = false;
        if (log.isOf(answer.topic())) {
            log.answered(answer);
            leaderless = answer.topic().leaderless();
        }
        Optional<String> changed = changes.in(answer, bounds.topic());
        if (changed.isPresent()) {
            lookBackAgain(changed.get());
            return;
        }
        Optional<KafkaException> noLeader = Attempts.noLeader(answer.topic(), settings, partition -> true);
        if (noLeader.isPresent()) {
            notReached = null;
            sink.interrupted(noLeader.get());
            return;
        }
        bounds = answer;
        if (notReached == null) {
            notReached = answer; // contact is when the reader has come up to it
        }
        contactIfReached();
    }
}
