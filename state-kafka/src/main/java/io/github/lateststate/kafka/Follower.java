package io.github.lateststate.kafka;

import io.github.lateststate.spi.StateSink;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Follows all partitions of one topic from the positions that the log knows: takes what a {@link FollowLoop} has polled, and judges
 * by the broker's answers whether this is still the truth. Contact is what the broker said and the reader has come up to; an empty
 * poll is not. For the thread of the loop; only {@link #ended} is for all.
 */
final class Follower {

    private static final Duration PROBE_EVERY = Duration.ofSeconds(5);
    private static final Duration STUCK_AFTER = Duration.ofSeconds(30);

    private final List<TopicPartition> partitions;
    private final KafkaSettings settings;
    private final FollowedLog log;
    private final Offers offers;
    private final StateSink sink;
    private final StopSignal stop;
    private final Runnable inContact;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final Map<TopicPartition, Long> behindSince = new HashMap<>();

    private LogBounds bounds;
    private boolean resting;
    private boolean outdated;
    private boolean unanswered;
    private boolean askedAgain;
    private @Nullable Throwable missingAnswer;
    private @Nullable SilentBrokers silent;
    private Set<Integer> leaderless;
    private long nextProbe = System.nanoTime();
    private @Nullable CompletableFuture<LogBounds> asking;
    private Map<TopicPartition, Long> positionsWhenAsked = Map.of();
    private @Nullable LogBounds notReached;

    Follower(
            LogBounds bounds,
            KafkaSettings settings,
            FollowedLog log,
            Offers offers,
            StateSink sink,
            StopSignal stop,
            Runnable inContact) {
        this.bounds = bounds;
        this.partitions =
                bounds.topic().partitions().stream().filter(log::knows).toList();
        this.leaderless = bounds.topic().leaderless();
        this.settings = settings;
        this.log = log;
        this.offers = offers;
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
                .filter(partition -> resting || leaderless.contains(partition.partition()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether records are on their way, as the broker says. */
    boolean isBehind() {
        return !resting && notReached != null;
    }

    /** Whether a leader has answered that was replaced, so that another broker is to be asked. */
    boolean wasAnsweredByAnOutdatedLeader() {
        return outdated;
    }

    /** Where to read a partition from. */
    OffsetAndMetadata start(TopicPartition partition) {
        return new OffsetAndMetadata(log.position(partition), log.leaderEpoch(partition), "");
    }

    /** Why the log has to be looked back in again, once it has; or what went wrong. */
    CompletableFuture<String> ended() {
        return ended;
    }

    /** Ends it, unless it has. */
    void end(Throwable cause) {
        ended.completeExceptionally(cause);
    }

    /** Ends it as positions are no longer in the log: of a truncated one too, which may by now be as long as it was. */
    void end(OffsetOutOfRangeException lost) {
        lost.partitions().stream().filter(partitions::contains).forEach(log::cutOff);
        ended.complete("what is at " + lost.offsetOutOfRangePartitions() + " is no longer in the log");
    }

    /** Ends it as something cannot be read: a look-back finds its bounds, and what is readable around it. */
    void endUnreadable(Throwable thrown) {
        ended.complete("a batch cannot be read: " + Causes.described(thrown));
    }

    /** Takes what a poll has brought of its topic. */
    void take(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : partitions) {
            List<ConsumerRecord<byte[], byte[]>> read = records.records(partition);
            if (!read.isEmpty()) {
                offers.offerNewest(read);
                reached(partition, read.get(read.size() - 1).offset() + 1);
            }
            OffsetAndMetadata next = records.nextOffsets().get(partition);
            if (next != null) { // beyond the records where markers or aborted data came after them
                next.leaderEpoch().ifPresent(epoch -> log.readOf(partition, epoch));
                reached(partition, next.offset());
            }
        }
        contactIfReached();
    }

    /** Whether the broker should be asked by this time. */
    boolean isDueBy(long nanoTime) {
        return asking == null && nanoTime - nextProbe >= 0;
    }

    /** Has the broker asked now, if it is not being asked. */
    void askSoon() {
        nextProbe = System.nanoTime();
    }

    /** Rests until the broker has been asked, which is due now: something seems to be wrong. */
    void doubt() {
        if (!resting) {
            resting = true;
            nextProbe = System.nanoTime();
        }
    }

    /** Whether the broker is being asked. */
    boolean isAsking() {
        return asking != null;
    }

    /** Says that the broker is being asked. */
    void asks(CompletableFuture<LogBounds> answer) {
        positionsWhenAsked = log.positions();
        asking = answer;
    }

    /** Whether the last question had no answer in time: the admin client may wait on a connection that died unnoticed. */
    boolean wasUnanswered() {
        return unanswered;
    }

    /** How to find out which broker is silent: nothing if none is, or if that is known. */
    Optional<Supplier<Throwable>> whoIsSilent() {
        Throwable noAnswer = missingAnswer;
        return noAnswer == null || silent != null || !SilentBrokers.isMissingAnswer(noAnswer)
                ? Optional.empty()
                : Optional.of(() -> SilentBrokers.named(noAnswer, settings));
    }

    /** Says which brokers gave no answer, until there is one. */
    void name(SilentBrokers brokers) {
        if (missingAnswer != null && !ended.isDone()) {
            silent = brokers;
            sink.interrupted(Trouble.explained(brokers, settings));
        }
    }

    /**
     * Judges the broker's answer, if it is there.
     *
     * @param position where the reader is
     */
    void hear(ToLongFunction<TopicPartition> position) {
        stop.check();
        if (asking == null || !asking.isDone()) {
            return;
        }
        CompletableFuture<LogBounds> answered = asking;
        asking = null;
        outdated = false;
        LogBounds answer;
        try {
            answer = answered.join();
            if (log.isOf(answer.topic())) {
                log.requireNoneOutdated(answer);
            }
        } catch (RuntimeException e) {
            noAnswer(Causes.of(e));
            return;
        }
        partitions.forEach(partition -> reached(partition, position.applyAsLong(partition)));
        String changed = judge(answer);
        if (changed != null) {
            ended.complete(changed);
        }
    }

    /** Takes what others say of the leaders it reads from. */
    void hear(LogBounds others, Map<TopicPartition, Integer> readFrom) {
        if (!ended.isDone() && log.isOf(others.topic())) {
            try {
                log.requireReadFromNewest(others, readFrom);
            } catch (OutdatedLeaderException e) {
                noAnswer(e);
            }
        }
    }

    long position(TopicPartition partition) {
        return log.position(partition);
    }

    private void reached(TopicPartition partition, long position) {
        if (position != log.position(partition)) {
            log.reached(partition, position);
            behindSince.remove(partition);
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
        unanswered = Causes.has(cause, TimeoutException.class);
        if (unanswered && !askedAgain) { // by another client: this one may wait on a connection that died unnoticed
            askedAgain = true;
            nextProbe = System.nanoTime();
            return;
        }
        nextProbe = System.nanoTime() + untilProbeAfterFailure().toNanos();
        outdated = cause instanceof OutdatedLeaderException;
        missingAnswer = unanswered ? cause : null;
        notReached = null; // bounds of before the trouble prove nothing
        if (Causes.isTopicMissing(cause)) {
            resting = true;
            sink.interrupted(TopicFinder.missing(settings));
        } else {
            sink.interrupted(Trouble.explained(missingAnswer != null && silent != null ? silent : cause, settings));
        }
    }

    /** What the broker's answer says of the log that is followed: null if it is as it was, else how it is not. */
    private @Nullable String judge(LogBounds answer) {
        unanswered = false;
        askedAgain = false;
        missingAnswer = null;
        silent = null;
        nextProbe = System.nanoTime() + PROBE_EVERY.toNanos();
        resting = false;
        if (!log.isOf(answer.topic())) {
            return "it was deleted and created again";
        }
        if (answer.topic().size() > bounds.topic().size()) {
            return "it has " + answer.topic().size() + " partitions now";
        }
        log.answered(answer);
        leaderless = answer.topic().leaderless();
        for (TopicPartition partition : bounds.topic().partitions()) {
            if (answer.topic().hasLeader(partition) && !log.knows(partition)) {
                return "partition " + partition.partition() + " has a leader again";
            }
        }
        for (TopicPartition partition : answer.partitions().keySet()) {
            long position = log.position(partition);
            long end = answer.of(partition).end();
            if (end < positionsWhenAsked.getOrDefault(partition, 0L)) { // it may have been read beyond since
                return "partition " + partition.partition() + " was cut back from " + position + " to " + end;
            }
            if (end > position && isStuck(partition)) {
                return "no progress in partition " + partition.partition() + " at " + position + " of " + end;
            }
        }
        Optional<KafkaException> noLeader = Attempts.noLeader(answer.topic(), settings, partition -> true);
        if (noLeader.isPresent()) {
            notReached = null;
            sink.interrupted(noLeader.get());
            return null;
        }
        bounds = answer;
        if (notReached == null) {
            notReached = answer; // contact is when the reader has come up to it
        }
        contactIfReached();
        return null;
    }

    /** Whether the position has not moved since an answer of some time ago that said it should. */
    private boolean isStuck(TopicPartition partition) {
        long now = System.nanoTime();
        Long since = behindSince.putIfAbsent(partition, now);
        return since != null && now - since > STUCK_AFTER.toNanos();
    }

    private static Duration untilProbeAfterFailure() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(500, 1_000));
    }
}
