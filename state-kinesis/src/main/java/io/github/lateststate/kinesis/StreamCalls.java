package io.github.lateststate.kinesis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/** The calls to the server about one stream. Nothing here blocks; every call ends by itself. */
interface StreamCalls {

    /** Describes the stream; null if the answer lacks the description. */
    CompletableFuture<@Nullable StreamDescriptionSummary> describe();

    /** All shards that still hold records or may get some, both open and closed. */
    CompletableFuture<List<Shard>> shards();

    /** An iterator for one shard. */
    CompletableFuture<String> iterator(String shard, Start start);

    /** Whether a shard is closed and holds no record; false proves nothing. */
    CompletableFuture<Boolean> isEmpty(String shard);

    /**
     * Reads one page. A page of 10 MiB takes its time: the call ends by itself when no byte of it comes for a while.
     *
     * @param most how many records to ask for
     */
    CompletableFuture<Page> records(String iterator, int most);
}
