package io.github.lateststate.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What was read before the topic's id was known: the last record of each partition. Once the id is known, that record
 * is read again. If it is still there, all of it was read from this topic; if not, the topic was deleted and created
 * again meanwhile. Not safe for use by several threads.
 *
 * <p>Example:
 *
 * <pre>
 * 10:00:00  the start: the consumer reads the last record, at offset 41; the state is ready
 * 10:00:03  the admin client asks for the first time: the topic has the id X, and its log ends at 42
 * 10:00:03  the record at 41 is read again, and is the same: the state is from topic X
 * </pre>
 */
final class UnverifiedReads {

    private final Map<TopicPartition, Mark> last = new HashMap<>();
    private final Map<TopicPartition, Long> due = new HashMap<>();
    private final Set<TopicPartition> behind = new HashSet<>();
    private boolean open;
    private boolean readingAgain;

    private record Mark(long offset, long timestamp, long key, long value) {

        /** No checksum is negative. */
        private static final long NO_BYTES = -1;

        static Mark of(ConsumerRecord<byte[], byte[]> record) {
            return new Mark(record.offset(), record.timestamp(), checksum(record.key()), checksum(record.value()));
        }

        private static long checksum(byte @Nullable [] bytes) {
            if (bytes == null) {
                return NO_BYTES;
            }
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            return checksum.getValue();
        }
    }

    /** Begins to remember what is read. */
    void begin() {
        open = true;
    }

    /** Whether something was read that is not verified. */
    boolean areOpen() {
        return open;
    }

    /** Forgets all, because it no longer counts. */
    void end() {
        open = false;
        readingAgain = false;
        last.clear();
        due.clear();
        behind.clear();
    }

    /** Remembers the last one of these records of a partition, unless a later one is known. */
    void read(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        if (open && !readingAgain && !records.isEmpty()) {
            ConsumerRecord<byte[], byte[]> newest = records.get(records.size() - 1);
            Mark known = last.get(partition);
            if (known == null || newest.offset() > known.offset()) { // a long look-back reads many older ones
                last.put(partition, Mark.of(newest));
            }
        }
    }

    /** Whether a partition is verified, or has a record by which it can be. */
    boolean canVerify(TopicPartition partition) {
        return !open || readingAgain || last.containsKey(partition);
    }

    /** Begins to verify, or begins again. It is over at once if there is nothing to verify. */
    void readAgain() {
        readingAgain = open;
        last.forEach((partition, mark) -> due.put(partition, mark.offset()));
        endIfVerified();
    }

    /** The offsets to read again from. Returns them once. */
    Map<TopicPartition, Long> due() {
        Map<TopicPartition, Long> offsets = Map.copyOf(due);
        due.clear();
        return offsets;
    }

    /**
     * The partitions that are verified, but whose reader is not yet where it was before: what lies between, such as a
     * batch that cannot be read, must not be read again. Returns them once.
     */
    Set<TopicPartition> behind() {
        Set<TopicPartition> partitions = Set.copyOf(behind);
        behind.clear();
        return partitions;
    }

    /**
     * Takes what was read of a partition, again or for the first time.
     *
     * @param position where the reader was before
     * @return whether it still can be the same topic; false if another record, or none, is in the place of the last one
     */
    boolean take(TopicPartition partition, Polled polled, long position) {
        if (!open) {
            return true;
        }
        List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
        Mark mark = last.get(partition);
        if (mark == null) {
            read(partition, records);
            return true;
        }
        if (!readingAgain) { // what follows on it may be of another topic
            return true;
        }
        if (records.isEmpty()) {
            return polled.next(partition)
                    .filter(next -> next.offset() > mark.offset())
                    .isEmpty();
        }
        if (!Mark.of(records.get(0)).equals(mark)) {
            return false;
        }
        last.remove(partition);
        if (records.get(records.size() - 1).offset() + 1 < position) {
            behind.add(partition);
        }
        endIfVerified();
        return true;
    }

    private void endIfVerified() {
        if (last.isEmpty()) {
            open = false;
            readingAgain = false;
        }
    }
}
