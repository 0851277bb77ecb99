package io.github.lateststate.demo.producer;

import java.time.Duration;
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

    private static final String KEY = "state";

    /** These limits together, with all retries of the SDK, report a server that is away within 10 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(3);

    private final KinesisEnvironment kinesis;
    private final KinesisClient client;

    private KinesisPublisher(KinesisEnvironment kinesis) {
        this.kinesis = kinesis;
        this.client = client(kinesis);
    }

    /**
     * Region, endpoint and credentials come from the places where the AWS SDK looks for them. Asks for the stream
     * first, so that the program does not print a message for a stream that does not exist.
     */
    static KinesisPublisher connect(KinesisEnvironment kinesis) {
        KinesisPublisher publisher = new KinesisPublisher(kinesis);
        publisher.requireStream();
        return publisher;
    }

    private static KinesisClient client(KinesisEnvironment kinesis) {
        KinesisClientBuilder builder = KinesisClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(CONNECTED_WITHIN))
                .overrideConfiguration(override -> override.apiCallTimeout(PATIENCE));
        if (kinesis.endpoint() != null) {
            builder.endpointOverride(kinesis.endpoint());
        }
        if (kinesis.region() != null) {
            builder.region(Region.of(kinesis.region()));
        }
        try {
            return builder.build();
        } catch (SdkException | IllegalArgumentException e) {
            throw new NotPublishedException(
                    has(e, "Unable to load region")
                            ? "No region for stream '" + kinesis.stream() + "': set AWS_REGION."
                            : "Cannot connect to Kinesis: " + firstLine(e),
                    e);
        }
    }

    @Override
    public void publish(String message) {
        try {
            client.putRecord(request -> request.streamName(kinesis.requestName())
                    .streamARN(kinesis.arn())
                    .partitionKey(KEY)
                    .data(SdkBytes.fromUtf8String(message)));
        } catch (SdkException e) {
            throw notPublished(e);
        }
    }

    private void requireStream() {
        try {
            client.describeStreamSummary(
                    request -> request.streamName(kinesis.requestName()).streamARN(kinesis.arn()));
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
        String where = "stream '" + kinesis.stream() + "' in region "
                + client.serviceClientConfiguration().region();
        if (cause instanceof ResourceNotFoundException) {
            return new NotPublishedException(
                    "There is no " + where + ": create it (aws kinesis create-stream --shard-count 1 --stream-name "
                            + kinesis.stream() + "), or set KINESIS_STREAM and AWS_REGION.",
                    cause);
        }
        if (has(cause, "Unable to load credentials")) {
            return new NotPublishedException(
                    "No credentials for " + where
                            + ": set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give this process an AWS profile"
                            + " or role.",
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

    /** The SDK has no exceptions of its own for what it did not find. It only lists all places where it has looked. */
    private static boolean has(Exception failure, String words) {
        return String.valueOf(failure.getMessage()).contains(words);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse(failure.toString());
    }
}
