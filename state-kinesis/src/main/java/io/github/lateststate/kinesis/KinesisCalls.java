package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Failures;
import io.github.lateststate.engine.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredNextTokenException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/** Asks a real client. */
final class KinesisCalls implements StreamCalls {

    /** How long the server has for one answer. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How long no byte of a page may come. */
    static final Duration MOST_SILENCE = Duration.ofSeconds(6);

    /** As long as an iterator lives. */
    private static final Duration READ_WITHIN = Duration.ofMinutes(5);

    private static final SdkPlugin UNREPEATED_THROTTLING = new UnrepeatedThrottling();

    private final KinesisAsyncClient client;
    private final OpenCalls open;
    private final Loop loop;
    private final @Nullable String name;
    private final @Nullable String arn;

    KinesisCalls(KinesisAsyncClient client, OpenCalls open, StreamAddress stream, Loop loop) {
        this.client = client;
        this.open = open;
        this.loop = loop;
        this.name = stream.requestName();
        this.arn = stream.arn();
    }

    @Override
    public CompletableFuture<@Nullable StreamDescriptionSummary> describe() {
        return open.add(client.describeStreamSummary(
                        request -> request.streamName(name).streamARN(arn).overrideConfiguration(within(PATIENCE))))
                .thenApply(response -> response.streamDescriptionSummary());
    }

    @Override
    public CompletableFuture<List<Shard>> shards() {
        return list(null, new ArrayList<>(), true);
    }

    @Override
    public CompletableFuture<String> iterator(String shard, Start start) {
        GetShardIteratorRequest.Builder request = GetShardIteratorRequest.builder()
                .streamName(name)
                .streamARN(arn)
                .shardId(shard)
                .overrideConfiguration(within(PATIENCE));
        if (start instanceof Start.At at) {
            request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(at.time());
        } else if (start instanceof Start.After after) {
            request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .startingSequenceNumber(after.sequenceNumber());
        } else {
            request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
        }
        return open.add(client.getShardIterator(request.build())).thenApply(KinesisCalls::iterator);
    }

    private static String iterator(GetShardIteratorResponse response) {
        if (response.shardIterator() == null) {
            throw SdkClientException.create("The answer of Kinesis holds no iterator.");
        }
        return response.shardIterator();
    }

    @Override
    public CompletableFuture<Page> records(String iterator, int most) {
        SilenceWatch watch = new SilenceWatch(loop, MOST_SILENCE);
        return watch.over(open.add(client.getRecords(request -> request.shardIterator(iterator)
                        .streamARN(arn)
                        .limit(most)
                        .overrideConfiguration(within(READ_WITHIN).andThen(override -> override.addPlugin(watch))))))
                .thenApply(KinesisCalls::page);
    }

    @Override
    public CompletableFuture<Boolean> isEmpty(String shard) {
        return iterator(shard, new Start.Horizon())
                .thenCompose(iterator -> open.add(client.getRecords(request -> request.shardIterator(iterator)
                        .streamARN(arn)
                        .limit(1)
                        .overrideConfiguration(within(PATIENCE)))))
                .thenApply(response -> page(response).isEmptyEnd());
    }

    private static Page page(GetRecordsResponse response) {
        return new Page(
                response.records(),
                response.nextShardIterator(),
                response.millisBehindLatest(),
                response.childShards());
    }

    private CompletableFuture<List<Shard>> list(@Nullable String token, List<Shard> found, boolean again) {
        ListShardsRequest.Builder request =
                ListShardsRequest.builder().streamARN(arn).overrideConfiguration(within(PATIENCE));
        if (token == null) {
            request.streamName(name);
        } else {
            request.nextToken(token); // the server refuses a stream's name together with it
        }
        return open.add(client.listShards(request.build()))
                .thenCompose(response -> {
                    found.addAll(response.shards());
                    return response.nextToken() == null
                            ? CompletableFuture.completedFuture(found)
                            : list(response.nextToken(), found, again);
                })
                .exceptionallyCompose(thrown -> again && token != null && isOfToken(thrown)
                        ? list(null, new ArrayList<>(), false)
                        : CompletableFuture.failedFuture(thrown));
    }

    /**
     * The token expired, or was refused though the server issued it. The list is started once more, and after that only
     * by the caller.
     */
    private static boolean isOfToken(Throwable thrown) {
        return Failures.find(thrown, ExpiredNextTokenException.class).isPresent()
                || Trouble.of(thrown) == Trouble.INVALID;
    }

    static Consumer<AwsRequestOverrideConfiguration.Builder> within(Duration patience) {
        return override -> override.apiCallTimeout(patience).addPlugin(UNREPEATED_THROTTLING);
    }
}
