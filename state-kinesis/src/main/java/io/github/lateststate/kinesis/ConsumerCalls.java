package io.github.lateststate.kinesis;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;

/** What is asked of the server about the fan-out consumers of a stream. Nothing here blocks; every call ends by itself. */
interface ConsumerCalls {

    /** Receives what comes of a subscription, on any thread. */
    interface Listener {

        /** Something came; perhaps only the news that there is nothing. Nothing more comes until more is asked for. */
        void event(Page page, Runnable more);

        /** Nothing more comes: after 5 minutes, or, if there is a cause, because of that. Called once. */
        void over(@Nullable Throwable cause);
    }

    /** Something that runs until it is cancelled; nothing is heard of it then. */
    interface Running {

        /** Ends it. */
        void cancel();
    }

    CompletableFuture<Consumer> register(String streamArn, String name, Map<String, String> tags);

    CompletableFuture<ConsumerStatus> status(String streamArn, String name);

    CompletableFuture<List<Consumer>> list(String streamArn);

    CompletableFuture<Void> deregister(String streamArn, String name);

    CompletableFuture<Map<String, String>> tags(String consumerArn);

    CompletableFuture<Void> tag(String consumerArn, Map<String, String> tags);

    /** Takes room for one subscription; if there is none, says so once. {@link #giveRoomBack} has to follow. */
    boolean takeRoom();

    /** Says that room that was taken is free again. */
    void giveRoomBack();

    /** Subscribes to a shard. */
    Running subscribe(String consumerArn, String shard, Start start, Listener listener);
}
