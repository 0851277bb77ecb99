package io.github.lateststate.kinesis;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/** What is asked of the server about one stream. Nothing here blocks; every call ends by itself. */
interface StreamCalls {

    /** Describes the stream; null if the answer does not. */
    CompletableFuture<@Nullable StreamDescriptionSummary> describe();

    /** All shards that still hold records or may get some: the open ones, and those that were closed. */
    CompletableFuture<List<Shard>> shards();

    /** An iterator for one shard. */
    CompletableFuture<String> iterator(String shard, Start start);

    /** Whether a shard is closed and holds no record; false proves nothing. */
    CompletableFuture<Boolean> isEmpty(String shard);

    /**
     * One read. A page of 10 MiB takes its time: it ends by itself when nothing of it is received for a while.
     *
     * @param most how many records to ask for
     */
    CompletableFuture<Page> records(String iterator, int most);
}
