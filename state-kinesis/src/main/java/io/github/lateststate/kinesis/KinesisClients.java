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
 * The clients of the AWS SDK: one that the caller passed, or our own, which use two threads. All calls except
 * subscriptions to shards use HTTP/1.1, which every server speaks. Subscriptions need HTTP/2, and each holds one of the
 * concurrent requests of its client. So they have a client without a limit, and take no room from look-backs.
 */
final class KinesisClients implements AutoCloseable {

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(3);
    private static final int AT_ONCE = 50;
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(1);
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(1);
    private static final int TURNS = 3; // the current task of the reading thread may defer something

    private final KinesisAsyncClient client;
    private final KinesisAsyncClient subscribing;
    private final FanOutRoom room;
    private final @Nullable Threads threads;

    /** Threads that the client does not end by itself: it would wait two seconds for those that read and write. */
    private record Threads(ScheduledThreadPoolExecutor timer, EventLoopGroup io) {

        /**
         * Waits until the reading thread has finished its current task. The thread reports an answer before it returns
         * the connection, and a client that is closed in between waits for ten seconds.
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

    static KinesisClients passed(KinesisAsyncClient client) {
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

    /** Keeps the SDK's retries: with our own retry strategy, it would repeat SubscribeToShard. */
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

    /** The client for all calls except subscriptions to shards. */
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
     * Closes our own clients. If a server ended a subscription, the client may still treat its stream as open and wait
     * for it. An interrupt ends that wait, and the stream ends with its thread.
     */
    @Override
    public void close() {
        if (threads != null) {
            threads.settle();
            Thread closing = Thread.currentThread();
            Future<?> enough =
                    threads.timer().schedule(closing::interrupt, CLOSED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            subscribing.close();
            client.close(); // if it is the same, this does nothing
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
