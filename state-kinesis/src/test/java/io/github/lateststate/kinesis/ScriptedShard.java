package io.github.lateststate.kinesis;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** The content of a simulated shard. Guarded by its stream. */
final class ScriptedShard {

    /** One record. */
    record Entry(BigInteger sequence, Instant arrival, String key, SdkBytes data) {}

    private final String id;
    private final List<String> parents;
    private final BigInteger first;
    private final BigInteger last;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable Instant closed;

    /** A shard with these hash keys, including the last one. */
    ScriptedShard(String id, List<String> parents, BigInteger first, BigInteger last) {
        this.id = id;
        this.first = first;
        this.last = last;
        this.parents = parents;
    }

    String id() {
        return id;
    }

    BigInteger first() {
        return first;
    }

    BigInteger last() {
        return last;
    }

    List<String> parents() {
        return parents;
    }

    Optional<Instant> closed() {
        return Optional.ofNullable(closed);
    }

    void close(Instant at) {
        closed = at;
    }

    void append(Entry entry) {
        entries.add(entry);
    }

    /** The records that have not been trimmed, in their order. */
    List<Entry> entries(Instant horizon) {
        return entries.stream()
                .filter(entry -> !entry.arrival().isBefore(horizon))
                .toList();
    }

    /** The sequence number after which all records of that time and later stand. */
    BigInteger before(Instant time) {
        BigInteger last = BigInteger.ZERO;
        for (Entry entry : entries) {
            if (!entry.arrival().isBefore(time)) {
                return last;
            }
            last = entry.sequence();
        }
        return last;
    }

    /** When the last record up to a sequence number arrived. */
    Instant reachedBy(BigInteger sequence) {
        Instant reached = Instant.EPOCH;
        for (Entry entry : entries) {
            if (entry.sequence().compareTo(sequence) <= 0) {
                reached = entry.arrival();
            }
        }
        return reached;
    }
}
