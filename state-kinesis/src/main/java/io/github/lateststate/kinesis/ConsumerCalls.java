package io.github.lateststate.kinesis;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;

/** The calls to the server about the fan-out consumers of a stream. Nothing here blocks; every call ends by itself. */
interface ConsumerCalls {

    /** Receives the events of a subscription, on any thread. */
    interface Listener {

        /**
         * Receives an event, which may only say that there is nothing. No other event comes until {@code more} is run.
         */
        void event(Page page, Runnable more);

        /** Ends the events: after 5 minutes, or because of the cause if there is one. Called once. */
        void over(@Nullable Throwable cause);
    }

    /** Something that runs until it is cancelled. It reports nothing afterwards. */
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

    /**
     * Takes room for one subscription. If there is none, it reports that once. If there is, call {@link #giveRoomBack}
     * later.
     */
    boolean takeRoom();

    /** Frees room that was taken. */
    void giveRoomBack();

    /** Subscribes to a shard. */
    Running subscribe(String consumerArn, String shard, Start start, Listener listener);
}
