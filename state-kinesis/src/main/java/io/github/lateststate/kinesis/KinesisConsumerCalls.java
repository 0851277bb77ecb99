package io.github.lateststate.kinesis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.RegisterStreamConsumerResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;

/** Asks a real client about fan-out consumers. */
final class KinesisConsumerCalls implements ConsumerCalls {

    private static final Logger logger = LoggerFactory.getLogger(KinesisSubscriber.class);

    /** A subscription ends by itself after 5 minutes. A client that was passed may have a shorter time limit. */
    private static final Duration SUBSCRIBED_WITHIN = Duration.ofMinutes(6);

    private final KinesisAsyncClient client;
    private final KinesisAsyncClient subscribing;
    private final FanOutRoom room;
    private final OpenCalls open;
    private final String stream;
    private boolean warned;

    /**
     * Makes calls with these clients.
     *
     * @param stream the stream, for a message
     */
    KinesisConsumerCalls(KinesisClients clients, OpenCalls open, String stream) {
        this.client = clients.client();
        this.subscribing = clients.subscribing();
        this.room = clients.room();
        this.open = open;
        this.stream = stream;
    }

    @Override
    public CompletableFuture<Consumer> register(String streamArn, String name, Map<String, String> tags) {
        return open.add(client.registerStreamConsumer(request -> request.streamARN(streamArn)
                        .consumerName(name)
                        .tags(tags)
                        .overrideConfiguration(
                                KinesisCalls.within(KinesisCalls.PATIENCE).andThen(this::measured))))
                .thenApply(KinesisConsumerCalls::registered);
    }

    private static Consumer registered(RegisterStreamConsumerResponse response) {
        if (response.consumer() == null || response.consumer().consumerARN() == null) {
            throw SdkClientException.create("The answer of Kinesis does not name the consumer's ARN.");
        }
        return response.consumer();
    }

    /** Lets the room find out how large it is, in addition to the metrics that the client itself publishes. */
    private void measured(AwsRequestOverrideConfiguration.Builder override) {
        client.serviceClientConfiguration()
                .overrideConfiguration()
                .metricPublishers()
                .forEach(override::addMetricPublisher);
        override.addMetricPublisher(room);
    }

    @Override
    public CompletableFuture<ConsumerStatus> status(String streamArn, String name) {
        return open.add(client.describeStreamConsumer(request -> request.streamARN(streamArn)
                        .consumerName(name)
                        .overrideConfiguration(KinesisCalls.within(KinesisCalls.PATIENCE))))
                .thenApply(response -> response.consumerDescription().consumerStatus());
    }

    @Override
    public CompletableFuture<List<Consumer>> list(String streamArn) {
        return list(streamArn, null, new ArrayList<>());
    }

    @Override
    public CompletableFuture<Void> deregister(String streamArn, String name) {
        return open.add(client.deregisterStreamConsumer(request -> request.streamARN(streamArn)
                        .consumerName(name)
                        .overrideConfiguration(KinesisCalls.within(KinesisCalls.PATIENCE))))
                .thenAccept(done -> {});
    }

    @Override
    public CompletableFuture<Map<String, String>> tags(String consumerArn) {
        return open.add(client.listTagsForResource(request -> request.resourceARN(consumerArn)
                        .overrideConfiguration(KinesisCalls.within(KinesisCalls.PATIENCE))))
                .thenApply(response -> {
                    Map<String, String> tags = new HashMap<>();
                    response.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
                    return tags;
                });
    }

    @Override
    public CompletableFuture<Void> tag(String consumerArn, Map<String, String> tags) {
        return open.add(client.tagResource(request -> request.resourceARN(consumerArn)
                        .tags(tags)
                        .overrideConfiguration(KinesisCalls.within(KinesisCalls.PATIENCE))))
                .thenAccept(done -> {});
    }

    @Override
    public boolean takeRoom() {
        boolean taken = room.take();
        if (!taken && !warned) {
            warned = true;
            logger.warn(
                    "Your client allows too few concurrent requests to subscribe to each shard of {}. The"
                            + " remaining shards are polled. Raise maxConcurrency of its HTTP client.",
                    stream);
        }
        return taken;
    }

    @Override
    public void giveRoomBack() {
        room.giveBack();
    }

    @Override
    public Running subscribe(String consumerArn, String shard, Start start, Listener listener) {
        SubscribeToShardRequest request = SubscribeToShardRequest.builder()
                .consumerARN(consumerArn)
                .shardId(shard)
                .startingPosition(position(start))
                .overrideConfiguration(
                        override -> override.apiCallTimeout(SUBSCRIBED_WITHIN).apiCallAttemptTimeout(SUBSCRIBED_WITHIN))
                .build();
        ShardEventStream stream = new ShardEventStream(listener);
        stream.begin(subscribing.subscribeToShard(request, stream));
        return stream;
    }

    private CompletableFuture<List<Consumer>> list(String streamArn, @Nullable String token, List<Consumer> found) {
        return open.add(client.listStreamConsumers(request -> request.streamARN(streamArn)
                        .nextToken(token)
                        .overrideConfiguration(KinesisCalls.within(KinesisCalls.PATIENCE))))
                .thenCompose(response -> {
                    found.addAll(response.consumers());
                    return response.nextToken() == null || response.consumers().isEmpty()
                            ? CompletableFuture.completedFuture(found)
                            : list(streamArn, response.nextToken(), found);
                });
    }

    private static StartingPosition position(Start start) {
        StartingPosition.Builder position = StartingPosition.builder();
        if (start instanceof Start.At at) {
            position.type(ShardIteratorType.AT_TIMESTAMP).timestamp(at.time());
        } else if (start instanceof Start.After after) {
            position.type(ShardIteratorType.AFTER_SEQUENCE_NUMBER).sequenceNumber(after.sequenceNumber());
        } else {
            position.type(ShardIteratorType.TRIM_HORIZON);
        }
        return position.build();
    }
}
