package io.github.lateststate.spi;

import io.github.lateststate.PlainText;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record of a stream, as the broker holds it. Immutable as long as nobody writes into its arrays. They are not
 * copied, because a copy of several megabytes would have no use.
 */
public final class StateRecord {

    private final String partition;
    private final String position;
    private final @Nullable Instant timestamp;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final Map<String, List<byte[]>> headers;

    /**
     * Makes a record.
     *
     * @param partition the name of the partition or shard
     * @param position the offset or sequence number, in decimal digits
     * @param timestamp when the record was made or arrived, by the clock that the broker reports; null if it has no
     *     timestamp
     * @param key the key, or null if it has none
     * @param value the payload, or null for a tombstone
     * @param headers header values by name, those of one name in the record's order; the map is copied, the arrays are
     *     not
     */
    public StateRecord(
            String partition,
            String position,
            @Nullable Instant timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Map<String, List<byte[]>> headers) {
        this.partition = Objects.requireNonNull(partition, "partition");
        this.position = Objects.requireNonNull(position, "position");
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
        this.headers = headers.isEmpty() ? Map.of() : copied(headers);
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
     * The timestamp.
     *
     * @return when the record was made or arrived, or null if it has no timestamp
     */
    public @Nullable Instant timestamp() {
        return timestamp;
    }

    /**
     * The key.
     *
     * @return the key, or null if the record has none; not a copy
     */
    public byte @Nullable [] key() {
        return key;
    }

    /**
     * The payload.
     *
     * @return the payload, or null if the record is a tombstone; not a copy
     */
    public byte @Nullable [] value() {
        return value;
    }

    /**
     * The headers.
     *
     * @return header values by name, those of one name in the record's order; unmodifiable
     */
    public Map<String, List<byte[]>> headers() {
        return headers;
    }

    private static Map<String, List<byte[]>> copied(Map<String, List<byte[]>> headers) {
        Map<String, List<byte[]>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        return Collections.unmodifiableMap(copy);
    }

    /** Partition and position; never the content. */
    @Override
    public String toString() {
        return "record at partition " + PlainText.of(partition) + ", position " + PlainText.of(position)
                + (timestamp == null ? "" : ", of " + timestamp);
    }
}
