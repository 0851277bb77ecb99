package io.github.lateststate.kinesis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * What one read brought.
 *
 * @param records the records, in the order of the shard; none is no proof that there are none
 * @param next from where to read on, or null if the shard is closed and was read to its end
 * @param millisBehind how far behind the tip of the shard this is; 0 is the tip
 * @param children the shards that took the place of a closed one, if this is its end
 */
record Page(List<Record> records, @Nullable String next, long millisBehind, List<ChildShard> children) {

    boolean isEndOfShard() {
        return next == null;
    }

    /** Whether nothing is left behind these records: at this instant, or for ever. */
    boolean reachesTip() {
        return millisBehind == 0 || isEndOfShard();
    }
}
