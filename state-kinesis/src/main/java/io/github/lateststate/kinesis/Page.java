package io.github.lateststate.kinesis;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * The result of one read. A missing field proves nothing.
 *
 * @param records the records, in the order of the shard; an empty list does not prove that there are none
 * @param next where to read on; null at the end of a closed shard, and in some answers that lack it
 * @param millisBehind how far behind the tip of the shard this is, or null if the server does not say
 * @param children the shards that replace a closed one, if this is its end
 */
record Page(
        List<Record> records,
        @Nullable String next,
        @Nullable Long millisBehind,
        List<ChildShard> children) {

    /** Whether the shard is closed and was read to its end. */
    boolean isEndOfShard() {
        return next == null && !children.isEmpty();
    }

    /** Whether the shard is closed and holds nothing, provided that this is its first page. */
    boolean isEmptyEnd() {
        return isEndOfShard() && records.isEmpty();
    }

    /** Whether it says neither where to read on nor that this is the end of the shard. */
    boolean lacksContinuation() {
        return next == null && children.isEmpty();
    }

    /**
     * Whether nothing is left to read at this moment. Some servers claim the tip with every page, so after records one
     * more page is needed, an empty one.
     */
    boolean isEmptyTip() {
        return records.isEmpty() && millisBehind != null && millisBehind == 0;
    }

    /** How far the read came; the distant past if the server does not say. */
    Instant reached(Instant now) {
        return millisBehind == null ? Instant.MIN : now.minusMillis(millisBehind);
    }
}
