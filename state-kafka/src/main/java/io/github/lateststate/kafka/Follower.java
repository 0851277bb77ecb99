package io.github.lateststate.kafka;

import io.github.lateststate.spi.StateSink;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Follows all partitions of a topic from the positions that the log knows, and asks the broker every few seconds whether this is
 * still the truth. Contact is what the broker said and the reader has come up to; an empty poll is not.
 */
final class Follower {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PROBE_EVERY = Duration.ofSeconds(5);
    private static final Duration STUCK_AFTER = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicProbe probe;
    private final List<TopicPartition> partitions;
    private final KafkaSettings settings;
    private final FollowedLog log;
    private final Offers offers;
    private final StateSink sink;
    private final StopSignal stop;
    private final Runnable inContact;
    private final Map<TopicPartition, Long> behindSince = new HashMap<>();

    private LogBounds bounds;
    private boolean interrupted;
    private long nextProbe = System.nanoTime();
    private @Nullable CompletableFuture<LogBounds> asking;
    private Map<TopicPartition, Long> positionsWhenAsked = Map.of();
    private @Nullable LogBounds notReached;

    Follower(
            Consumer<byte[], byte[]> consumer,
            TopicProbe probe,
            LogBounds bounds,
            KafkaSettings settings,
            FollowedLog log,
            Offers offers,
            StateSink sink,
            StopSignal stop,
            Runnable inContact) {
        this.consumer = consumer;
        this.probe = probe;
        this.bounds = bounds;
        this.partitions = bounds.topic().partitions();
        this.settings = settings;
        this.log = log;
        this.offers = offers;
        this.sink = sink;
        this.stop = stop;
        this.inContact = inContact;
    }

    /** Follows until the log has to be looked back in again, and says why; throws what a consumer throws. */
    String run() {
        consumer.assign(partitions);
        partitions.forEach(partition -> consumer.seek(
                partition, new OffsetAndMetadata(log.position(partition), log.leaderEpoch(partition), "")));
        String changed = null;
        while (changed == null) {
            stop.check();
            try {
                read();
            } catch (OffsetOutOfRangeException e) { // a truncated log too, which may by now be as long as it was
                e.partitions().forEach(log::forget);
                return "the position is no longer in the log: " + e.getMessage();
            }
            changed = probe();
        }
        return changed;
    }

    private void read() {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (TopicPartition partition : partitions) {
            List<ConsumerRecord<byte[], byte[]>> read = records.records(partition);
            offers.offerNewest(read);
            Positions.leaderEpoch(records, partition).ifPresent(epoch -> log.readOf(partition, epoch));
            long known = read.isEmpty()
                    ? log.position(partition)
                    : read.get(read.size() - 1).offset() + 1;
            long position = Positions.of(consumer, partition).orElse(known);
            if (position != log.position(partition)) {
                log.reached(partition, position);
                behindSince.remove(partition);
            }
        }
        if (notReached != null && notReached.isReachedAt(log::position)) {
            contact(notReached.askedAt());
            notReached = null;
        } else if (notReached == null && !interrupted && !records.isEmpty()) {
            contact(Instant.now());
        }
    }

    private void contact(Instant at) {
        interrupted = false;
        inContact.run();
        sink.contact(at, bounds.holdNewerThan(log::position));
    }

    private @Nullable String probe() {
        if (asking == null) {
            if (System.nanoTime() - nextProbe >= 0) {
                positionsWhenAsked = log.positions();
                asking = probe.ask(partitions);
            }
            return null;
        }
        if (!asking.isDone()) {
            return null;
        }
        CompletableFuture<LogBounds> answered = asking;
        asking = null;
        try {
            return judge(answered.join());
        } catch (RuntimeException e) {
            noAnswer(Causes.of(e));
            return null;
        }
    }

    private void noAnswer(Throwable cause) {
        nextProbe = System.nanoTime() + untilProbeAfterFailure().toNanos();
        interrupted = true;
        notReached = null; // bounds of before the trouble prove nothing
        sink.interrupted(
                Causes.isTopicMissing(cause) ? TopicFinder.missing(settings) : Trouble.explained(cause, settings));
    }

    /** What the broker's answer says of the log that is followed: null if it is as it was, else how it is not. */
    private @Nullable String judge(LogBounds answer) {
        nextProbe = System.nanoTime() + PROBE_EVERY.toNanos();
        if (!log.isOf(answer.topic())) {
            return "it was deleted and created again";
        }
        if (answer.topic().size() > partitions.size()) {
            return "it has " + answer.topic().size() + " partitions now";
        }
        for (TopicPartition partition : partitions) {
            long position = log.position(partition);
            long end = answer.of(partition).end();
            if (end < positionsWhenAsked.getOrDefault(partition, 0L)) { // it may have been read beyond since
                return "partition " + partition.partition() + " was cut back from " + position + " to " + end;
            }
            if (end > position && isStuck(partition)) {
                return "no progress in partition " + partition.partition() + " at " + position + " of " + end;
            }
        }
        bounds = answer;
        if (notReached == null) {
            notReached = answer; // contact is when the reader has come up to it: see read()
        }
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
