package io.github.lateststate.kinesis;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClientBuilder;

/**
 * The clients of the AWS SDK: one that was handed in, or our own, which take two threads. All calls but subscriptions to shards
 * go over HTTP/1.1, which every server speaks. Subscriptions need HTTP/2, and each holds one of the requests that a client
 * makes at once; so they have a client without a limit, and take no room from look-backs.
 */
final class KinesisClients implements AutoCloseable {

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(3);
    private static final int AT_ONCE = 50;
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(1);
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(1);
    private static final int TURNS = 3; // the task that the reading thread is at may put something off

    private final KinesisAsyncClient client;
    private final KinesisAsyncClient subscribing;
    private final FanOutRoom room;
    private final @Nullable Threads threads;

    /** Threads that the client does not end by itself: it would take two seconds for those that read and write. */
    private record Threads(ScheduledThreadPoolExecutor timer, EventLoopGroup io) {

        /**
         * Waits until the reading thread has done what it was at. It tells of an answer before it gives the connection back,
         * and a client that is closed in between waits for ten seconds.
         */
        void settle() {
            for (int turn = 0; turn < TURNS; turn++) {
                io.submit(() -> {}).awaitUninterruptibly(ENDED_WITHIN.toMillis());
            }
        }

        void end() {
            timer.shutdownNow();
            io.shutdownGracefully(0, ENDED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(ENDED_WITHIN.toMillis());
        }
    }

    private KinesisClients(
            KinesisAsyncClient client, KinesisAsyncClient subscribing, FanOutRoom room, @Nullable Threads threads) {
        this.client = client;
        this.subscribing = subscribing;
        this.room = room;
        this.threads = threads;
    }

    static KinesisClients handedIn(KinesisAsyncClient client) {
        return new KinesisClients(client, client, FanOutRoom.ofClient(), null);
    }

    static KinesisClients make(KinesisSettings settings, String threadName) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons(threadName + "-timer"));
        timer.setRemoveOnCancelPolicy(true);
        Threads threads = new Threads(timer, new NioEventLoopGroup(1, daemons(threadName + "-io")));
        try {
            KinesisAsyncClient client = make(settings, threads, Protocol.HTTP1_1, AT_ONCE);
            return new KinesisClients(
                    client,
                    settings.enhanced() ? make(settings, threads, Protocol.HTTP2, Integer.MAX_VALUE) : client,
                    FanOutRoom.unlimited(),
                    threads);
        } catch (RuntimeException | Error e) {
            threads.end();
            throw e;
        }
    }

    /** Leaves retries as the SDK has them: with a retry strategy of ours, it would repeat SubscribeToShard. */
    private static KinesisAsyncClient make(KinesisSettings settings, Threads threads, Protocol protocol, int atOnce) {
        KinesisAsyncClientBuilder builder = KinesisAsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .protocol(protocol)
                        .maxConcurrency(atOnce)
                        .connectionTimeout(CONNECTED_WITHIN)
                        .eventLoopGroup(SdkEventLoopGroup.create(threads.io(), NioSocketChannel::new)))
                .overrideConfiguration(override -> override.scheduledExecutorService(threads.timer()))
                .asyncConfiguration(async ->
                        async.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run));
        if (settings.region() != null) {
            builder.region(Region.of(settings.region()));
        }
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        return builder.build();
    }

    /** The client for all calls but subscriptions to shards. */
    KinesisAsyncClient client() {
        return client;
    }

    /** The client for subscriptions to shards. */
    KinesisAsyncClient subscribing() {
        return subscribing;
    }

    /** The room for subscriptions. */
    FanOutRoom room() {
        return room;
    }

    String region() {
        Region region = client.serviceClientConfiguration().region();
        return region == null ? "(unknown)" : region.id();
    }

    /**
     * Closes clients of our own. If a server ended a subscription, the client may take its stream for open still, and would
     * wait for it; an interrupt ends that, and the stream ends with its thread.
     */
    @Override
    public void close() {
        if (threads != null) {
            threads.settle();
            Thread closing = Thread.currentThread();
            Future<?> enough =
                    threads.timer().schedule(closing::interrupt, CLOSED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            subscribing.close();
            client.close(); // again if it is the same, which does nothing
            enough.cancel(false);
            Thread.interrupted(); // it may have come at the last moment
            threads.end();
        }
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
