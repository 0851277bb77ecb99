package io.github.lateststate.kinesis;

import java.util.List;
import software.amazon.awssdk.services.kinesis.model.ChildShard;

/** Receives the results of reading a shard. */
interface ShardEvents {

    /** A read returned this many records. */
    void read(int records);

    /** The look-back has ended. */
    void lookedBack(ShardReader reader);

    /** The shard is closed and was read to its end. */
    void ended(ShardReader reader, List<ChildShard> children);

    /** The server says that the shard does not exist. Nothing more happens until the session says so. */
    void missing(ShardReader reader);

    /** The server cannot begin to read at a time, so the shard is read from the first record. */
    void timesRefused(Throwable cause);
}
