package io.github.lateststate;

import io.github.lateststate.spi.StateRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record that a state comes from, without its payload. Immutable; the arrays are not copied, so do not write into
 * them. Two instances are equal if all their parts are equal; arrays are compared by content.
 *
 * @apiNote Later versions may add methods.
 */
public final class Origin {

    private final String partition;
    private final String position;
    private final Optional<Instant> timestamp;
    private final Optional<byte[]> key;
    private final Map<String, List<byte[]>> headers;

    private Origin(StateRecord record) {
        partition = record.partition();
        position = record.position();
        timestamp = Optional.ofNullable(record.timestamp());
        key = Optional.ofNullable(record.key());
        headers = record.headers();
    }

    static Origin of(StateRecord record) {
        return new Origin(record);
    }

    /**
     * A record without timestamp, key and headers, for tests that call a {@link Decoder} directly.
     *
     * @param partition the name of the partition or shard
     * @param position the position within it
     * @return the record
     */
    public static Origin at(String partition, String position) {
        return new Origin(new StateRecord(partition, position, null, null, null, Map.of()));
    }

    /**
     * The partition.
     *
     * @return the name of the partition or shard
     */
    public String partition() {
        return partition;
    }

    /**
     * The position.
     *
     * @return the offset or sequence number within the partition, in decimal digits
     */
    public String position() {
        return position;
    }

    /**
     * When the record was made or arrived, by the clock that the broker reports.
     *
     * @return the timestamp; empty if the record has none
     */
    public Optional<Instant> timestamp() {
        return timestamp;
    }

    /**
     * The key.
     *
     * @return the key, not a copy; empty if the record has none
     */
    public Optional<byte[]> key() {
        return key;
    }

    /**
     * The headers. A name may have several values, in the record's order.
     *
     * @return the values by name, unmodifiable; the arrays are not copies
     */
    public Map<String, List<byte[]>> headers() {
        return headers;
    }

    /**
     * The header with a name. If there are several, the last one.
     *
     * @param name the name
     * @return its value, not a copy; empty if the record has no header with that name
     */
    public Optional<byte[]> header(String name) {
        List<byte[]> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Origin that
                && partition.equals(that.partition)
                && position.equals(that.position)
                && timestamp.equals(that.timestamp)
                && Arrays.equals(key.orElse(null), that.key.orElse(null))
                && headers.keySet().equals(that.headers.keySet())
                && headers.keySet().stream().allMatch(name -> Arrays.deepEquals(values(name), that.values(name)));
    }

    @Override
    public int hashCode() {
        return Objects.hash(partition, position, timestamp); // the rest seldom differs if these are equal
    }

    /** Partition and position; never the key or the headers. */
    @Override
    public String toString() {
        return "partition " + PlainText.of(partition) + ", position " + PlainText.of(position)
                + timestamp.map(time -> ", of " + time).orElse("");
    }

    private Object[] values(String name) {
        return headers.getOrDefault(name, List.of()).toArray();
    }
}
