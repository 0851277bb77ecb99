package io.github.lateststate.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Finds where a batch that cannot be read begins and ends. From each offset within the batch, the client fetches the
 * same batch again. So the search tries offsets around it.
 *
 * <ul>
 *   <li>If Kafka names the batch, the search grows in doubling steps and then halves.
 *   <li>If not, it tries one offset after the other: two such batches fail alike, and a readable record may stand
 *       between them.
 * </ul>
 */
final class BatchFinder {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Throwable thrown;
    private final OptionalLong batch;

    /**
     * Prepares the search.
     *
     * @param consumer returns one record a poll, so no record before the batch is lost with it
     * @param partition where the batch is
     * @param thrown what the consumer threw at the batch
     */
    BatchFinder(Consumer<byte[], byte[]> consumer, TopicPartition partition, Throwable thrown) {
        this.consumer = consumer;
        this.partition = partition;
        this.thrown = thrown;
        this.batch = Unreadable.batch(thrown);
    }

    /**
     * Finds the batch. Leaves the consumer at its end, with the other partitions as they were.
     *
     * @param at an offset within the batch
     * @param from no batch before this offset matters
     * @param to everything at or after this offset is known
     */
    UnreadableBatch find(long at, long from, long to) {
        Set<TopicPartition> paused = Set.copyOf(consumer.paused());
        consumer.pause(consumer.assignment().stream()
                .filter(other -> !other.equals(partition))
                .toList());
        // Markers, aborted data or a gap may lie between the position and the batch that Kafka names.
        long begin = batch.isPresent() ? batch.getAsLong() : beginByOnes(at, from);
        long end = batch.isPresent() ? endByHalves(Math.max(at, begin), to) : endByOnes(at, to);
        consumer.seek(partition, end);
        consumer.resume(consumer.assignment().stream()
                .filter(one -> !paused.contains(one))
                .toList());
        return new UnreadableBatch(partition, begin, end, thrown);
    }

    private long beginByOnes(long at, long from) {
        long begin = at;
        while (begin > from && fails(begin - 1)) {
            begin--;
        }
        return begin;
    }

    private long endByOnes(long at, long to) {
        long end = at + 1;
        while (end < to && fails(end)) {
            end++;
        }
        return end;
    }

    private long endByHalves(long at, long to) {
        long within = at;
        long behind = to;
        for (long step = 1; within + step < behind; step *= 2) {
            if (fails(within + step)) {
                within += step;
            } else {
                behind = within + step;
            }
        }
        while (within + 1 < behind) {
            long middle = within + (behind - within) / 2;
            if (fails(middle)) {
                within = middle;
            } else {
                behind = middle;
            }
        }
        return behind;
    }

    /** Whether a read from this offset meets the same batch. */
    private boolean fails(long offset) {
        return failure(offset)
                .filter(other -> batch.equals(Unreadable.batch(other)))
                .isPresent();
    }

    private Optional<Throwable> failure(long offset) {
        consumer.seek(partition, offset);
        long begun = System.nanoTime();
        @Nullable Throwable error = null;
        while (System.nanoTime() - begun < PATIENCE_NANOS) {
            try {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (!records.isEmpty() || Positions.of(consumer, partition).orElse(offset) > offset) {
                    return Optional.empty();
                }
            } catch (OffsetOutOfRangeException e) { // the log begins later
                return Optional.empty();
            } catch (KafkaException e) {
                if (!Unreadable.isOf(partition, e)) {
                    throw e;
                }
                return Optional.of(e);
            } catch (LinkageError e) {
                if (error != null) {
                    return Optional.of(e);
                }
                error = e; // the next poll says the same in a KafkaException, or throws it again
            }
        }
        throw new KafkaException(
                "No progress at position " + offset + " of " + partition + ", after a batch that cannot be read");
    }
}
