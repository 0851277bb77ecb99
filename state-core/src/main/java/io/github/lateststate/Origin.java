package io.github.lateststate;

import io.github.lateststate.spi.PlainText;
import io.github.lateststate.spi.StateRecord;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The record that a state comes from, without its payload. Immutable; the arrays are not copied, so do not write into
 * them.
 *
 * @param partition the name of the partition or shard
 * @param position the offset or sequence number within the partition, in decimal digits
 * @param timestamp when the record was made or arrived, by the clock that the broker reports; empty if it has no timestamp
 * @param key the record's key, empty if it has none
 * @param headers the values of the record's headers by name; of several with one name the last
 */
public record Origin(
        String partition,
        String position,
        Optional<Instant> timestamp,
        Optional<byte[]> key,
        Map<String, byte[]> headers) {

    static Origin of(StateRecord record) {
        return new Origin(
                record.partition(),
                record.position(),
                Optional.ofNullable(record.timestamp()),
                Optional.ofNullable(record.key()),
                record.headers());
    }

    /** Where the record stands; never its key or headers. */
    @Override
    public String toString() {
        return "partition " + PlainText.of(partition) + ", position " + PlainText.of(position)
                + timestamp.map(time -> ", of " + time).orElse("");
    }
}
