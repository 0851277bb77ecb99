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
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClientBuilder;

/** A client of the AWS SDK: one that was handed in, or one of our own, which takes two threads. */
final class KinesisClients implements AutoCloseable {

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(3);
    private static final Duration CLOSED_WITHIN = Duration.ofSeconds(1);
    private static final Duration ENDED_WITHIN = Duration.ofSeconds(1);

    private final KinesisAsyncClient client;
    private final @Nullable Threads threads;

    /** Threads that the client does not end by itself: it would take two seconds for those that read and write. */
    private record Threads(ScheduledThreadPoolExecutor timer, EventLoopGroup io) {

        void end() {
            timer.shutdownNow();
            io.shutdownGracefully(0, ENDED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(ENDED_WITHIN.toMillis());
        }
    }

    private KinesisClients(KinesisAsyncClient client, @Nullable Threads threads) {
        this.client = client;
        this.threads = threads;
    }

    static KinesisClients handedIn(KinesisAsyncClient client) {
        return new KinesisClients(client, null);
    }

    /**
     * Makes a client. Retries are left as the SDK has them: to set a retry strategy would have it repeat SubscribeToShard.
     */
    static KinesisClients make(KinesisSettings settings, String threadName) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons(threadName + "-timer"));
        timer.setRemoveOnCancelPolicy(true);
        Threads threads = new Threads(timer, new NioEventLoopGroup(1, daemons(threadName + "-io")));
        KinesisAsyncClientBuilder builder = KinesisAsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder() // a builder, as only then it speaks HTTP/2
                        .connectionTimeout(CONNECTED_WITHIN)
                        .eventLoopGroup(SdkEventLoopGroup.create(threads.io(), NioSocketChannel::new)))
                .overrideConfiguration(override -> override.scheduledExecutorService(timer))
                .asyncConfiguration(async ->
                        async.advancedOption(SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, Runnable::run));
        if (settings.region() != null) {
            builder.region(Region.of(settings.region()));
        }
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        try {
            return new KinesisClients(builder.build(), threads);
        } catch (RuntimeException | Error e) {
            threads.end();
            throw e;
        }
    }

    KinesisAsyncClient client() {
        return client;
    }

    String region() {
        Region region = client.serviceClientConfiguration().region();
        return region == null ? "(unknown)" : region.id();
    }

    /**
     * Closes a client of our own. Where an answer has only just come, or a server ended a subscription, the client may take the
     * connection or stream for in use still, and would wait for it; an interrupt ends that, and what is left ends with its
     * thread.
     */
    @Override
    public void close() {
        if (threads != null) {
            Thread closing = Thread.currentThread();
            Future<?> enough =
                    threads.timer().schedule(closing::interrupt, CLOSED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            client.close();
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
