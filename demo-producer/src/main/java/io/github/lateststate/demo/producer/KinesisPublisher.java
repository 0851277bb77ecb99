package io.github.lateststate.demo.producer;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** Sends to a Kinesis stream, always with the same partition key, so that one shard has all messages. */
final class KinesisPublisher implements Publisher {

    static final String STREAM = "KINESIS_STREAM";

    private static final String KEY = "state";

    /** These limits together, with all retries of the SDK, report a server that is away within 10 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(3);

    private final String stream;
    private final KinesisClient client;

    private KinesisPublisher(String stream, KinesisClient client) {
        this.stream = stream;
        this.client = client;
    }

    /**
     * Region, endpoint and credentials come from where the AWS SDK looks for them. Asks for the stream first, so that the program does
     * not print a message for a stream that does not exist.
     */
    static KinesisPublisher connect(Map<String, String> env) {
        KinesisPublisher publisher = new KinesisPublisher(env.getOrDefault(STREAM, ""), client(env));
        publisher.requireStream();
        return publisher;
    }

    private static KinesisClient client(Map<String, String> env) {
        KinesisClientBuilder builder = KinesisClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(CONNECTED_WITHIN))
                .overrideConfiguration(override -> override.apiCallTimeout(PATIENCE));
        String endpoint = env.getOrDefault("AWS_ENDPOINT_URL_KINESIS", env.getOrDefault("AWS_ENDPOINT_URL", ""));
        if (!endpoint.isBlank()) {
            builder.endpointOverride(URI.create(endpoint));
        }
        if (!env.getOrDefault("AWS_REGION", "").isBlank()) {
            builder.region(Region.of(env.get("AWS_REGION")));
        }
        try {
            return builder.build();
        } catch (SdkException | IllegalArgumentException e) {
            throw new NotPublishedException(
                    "Cannot connect to Kinesis: " + firstLine(e)
                            + " Set AWS_REGION, and what else the AWS SDK asks for.",
                    e);
        }
    }

    @Override
    public void publish(String message) {
        try {
            client.putRecord(
                    request -> request.streamName(stream).partitionKey(KEY).data(SdkBytes.fromUtf8String(message)));
        } catch (SdkException e) {
            throw notPublished(e);
        }
    }

    private void requireStream() {
        try {
            client.describeStreamSummary(request -> request.streamName(stream));
        } catch (SdkException e) {
            client.close();
            throw notPublished(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private NotPublishedException notPublished(SdkException cause) {
        String where = "stream '" + stream + "' in region "
                + client.serviceClientConfiguration().region();
        if (cause instanceof ResourceNotFoundException) {
            return new NotPublishedException(
                    "There is no " + where + ": create it (aws kinesis create-stream --shard-count 1 --stream-name "
                            + stream + "), or set KINESIS_STREAM and AWS_REGION.",
                    cause);
        }
        if (cause instanceof ApiCallTimeoutException || isUnreachable(cause)) {
            return new NotPublishedException(
                    "Kinesis is away: no answer about " + where
                            + ". Check the network, AWS_REGION and AWS_ENDPOINT_URL.",
                    cause);
        }
        return new NotPublishedException("Cannot send to " + where + ": " + firstLine(cause), cause);
    }

    private static boolean isUnreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof java.net.SocketException || cause instanceof java.net.UnknownHostException) {
                return true;
            }
        }
        return false;
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
    }
}
