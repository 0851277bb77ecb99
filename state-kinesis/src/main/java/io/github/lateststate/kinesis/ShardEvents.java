package io.github.lateststate.kinesis;

import java.util.List;
import software.amazon.awssdk.services.kinesis.model.ChildShard;

/** What comes of reading a shard. */
interface ShardEvents {

    /** A read brought so many records. */
    void read(int records);

    /** The look-back is over. */
    void lookedBack(ShardReader reader);

    /** The shard is closed and was read to its end. */
    void ended(ShardReader reader, List<ChildShard> children);

    /** The server says that the shard is not there; nothing more is done until the session says so. */
    void missing(ShardReader reader);

    /** The server cannot begin to read at a time; so it is read from the first record. */
    void timesRefused(Throwable cause);
}
