package io.github.lateststate.kinesis;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
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

    private final KinesisAsyncClient client;
    private final @Nullable ScheduledThreadPoolExecutor timer;

    private KinesisClients(KinesisAsyncClient client, @Nullable ScheduledThreadPoolExecutor timer) {
        this.client = client;
        this.timer = timer;
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
        KinesisAsyncClientBuilder builder = KinesisAsyncClient.builder()
                .httpClientBuilder(NettyNioAsyncHttpClient.builder() // a builder, as only then it speaks HTTP/2
                        .connectionTimeout(CONNECTED_WITHIN)
                        .eventLoopGroupBuilder(SdkEventLoopGroup.builder()
                                .numberOfThreads(1)
                                .threadFactory(daemons(threadName + "-io"))))
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
            return new KinesisClients(builder.build(), timer);
        } catch (RuntimeException | Error e) {
            timer.shutdownNow();
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

    /** Closes a client of our own. */
    @Override
    public void close() {
        if (timer != null) {
            client.close();
            timer.shutdownNow();
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
