package io.github.lateststate.kinesis;

import static org.awaitility.Awaitility.await;

import io.github.lateststate.spi.SubscriptionSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Consumer;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * Creates streams for the tests of one emulator and writes to them. A test cannot mistake the threads of its client for
 * those of a subscription.
 */
final class TestStreams implements AutoCloseable {

    static final Region REGION = Region.US_EAST_1;
    static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

    private final URI endpoint;
    private final KinesisClient client;

    TestStreams(URI endpoint) {
        this.endpoint = endpoint;
        client = KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(REGION)
                .credentialsProvider(CREDENTIALS)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** The settings to follow a stream. The credentials are where the SDK looks for them. */
    static SubscriptionSettings settings(URI endpoint, String stream) {
        return new SubscriptionSettings(stream, Map.of("region", REGION.id(), "endpoint", endpoint.toString()));
    }

    SubscriptionSettings settings(String stream) {
        return settings(endpoint, stream);
    }

    /** Whether a thread belongs to a subscription or its client. */
    static boolean isOfSubscription(Thread thread) {
        String name = thread.getName();
        return name.startsWith("latest-state-") || name.startsWith("aws-java-sdk-") || name.startsWith("sdk-");
    }

    KinesisClient client() {
        return client;
    }

    static String newName() {
        return "stream-" + UUID.randomUUID();
    }

    boolean answers() {
        try {
            client.listStreams();
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    /** Creates a stream with a new name. */
    String stream(int shards) {
        String name = newName();
        create(name, shards);
        return name;
    }

    void create(String name, int shards) {
        client.createStream(request -> request.streamName(name).shardCount(shards));
        awaitActive(name);
    }

    void split(String stream, String shard, String at) {
        client.splitShard(
                request -> request.streamName(stream).shardToSplit(shard).newStartingHashKey(at));
        awaitActive(stream);
    }

    void merge(String stream, String one, String other) {
        client.mergeShards(
                request -> request.streamName(stream).shardToMerge(one).adjacentShardToMerge(other));
        awaitActive(stream);
    }

    List<Shard> shards(String stream) {
        return client.listShards(request -> request.streamName(stream)).shards();
    }

    List<Consumer> consumers(String stream) {
        String arn = arn(stream);
        return client.listStreamConsumers(request -> request.streamARN(arn)).consumers();
    }

    void register(String stream, String consumer) {
        String arn = arn(stream);
        client.registerStreamConsumer(request -> request.streamARN(arn).consumerName(consumer));
    }

    String arn(String stream) {
        return client.describeStreamSummary(request -> request.streamName(stream))
                .streamDescriptionSummary()
                .streamARN();
    }

    /** Appends a record and returns after the acknowledgement. */
    PutRecordResponse publish(String stream, String value) {
        return publish(stream, value.getBytes(StandardCharsets.UTF_8));
    }

    PutRecordResponse publish(String stream, byte[] value) {
        return client.putRecord(
                request -> request.streamName(stream).partitionKey("state").data(SdkBytes.fromByteArrayUnsafe(value)));
    }

    /** Appends to the shard that has a hash key. */
    PutRecordResponse publish(String stream, String hashKey, String value) {
        return client.putRecord(request -> request.streamName(stream)
                .partitionKey("state")
                .explicitHashKey(hashKey)
                .data(SdkBytes.fromUtf8String(value)));
    }

    @Override
    public void close() {
        client.close();
    }

    private void awaitActive(String stream) {
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> client.describeStreamSummary(request -> request.streamName(stream))
                                .streamDescriptionSummary()
                                .streamStatus()
                        == StreamStatus.ACTIVE);
    }
}
