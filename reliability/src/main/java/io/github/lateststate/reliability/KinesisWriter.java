package io.github.lateststate.reliability;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Writes to a stream, past the server that misbehaves. Some updates are not readable. */
final class KinesisWriter extends Writer {

    /** A call takes about 20 ms in the emulator. */
    private static final int TOGETHER = 60;

    private final String stream;
    private final Book book;
    private final Random random;
    private final Duration interval;
    private final KinesisClient client;

    KinesisWriter(String stream, Book book, URI endpoint, Random random, Duration interval) {
        super(stream);
        this.stream = stream;
        this.book = book;
        this.random = random;
        this.interval = interval;
        client = KinesisClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    boolean answers() {
        try {
            client.describeStreamSummary(request -> request.streamName(stream));
            return true;
        } catch (SdkException e) {
            return false;
        }
    }

    void delete() {
        client.deleteStream(request -> request.streamName(stream));
    }

    /** Fails until a deleted stream of that name has gone. */
    void create() {
        client.createStream(request -> request.streamName(stream).shardCount(1));
    }

    @Override
    void write() throws InterruptedException {
        List<Payload> updates = Stream.generate(() -> book.next(Fate.UNKNOWN, random.nextInt(10) > 0))
                .limit(TOGETHER)
                .toList();
        try {
            List<PutRecordsResultEntry> results = client.putRecords(request -> request.streamName(stream)
                            .records(updates.stream().map(KinesisWriter::entry).toList()))
                    .records();
            for (int i = 0; i < results.size(); i++) {
                String position = results.get(i).sequenceNumber();
                if (position != null) {
                    book.placed(updates.get(i), position);
                    book.committed(updates.subList(i, i + 1), System.nanoTime());
                }
            }
        } catch (SdkException e) {
            // their fate stays unknown
        }
        TimeUnit.NANOSECONDS.sleep(interval.toNanos());
    }

    @Override
    void settle() {
        // each call is answered before the next one
    }

    @Override
    void release() {
        client.close();
    }

    private static PutRecordsRequestEntry entry(Payload update) {
        return PutRecordsRequestEntry.builder()
                .partitionKey("state")
                .data(SdkBytes.fromByteArray(update.bytes()))
                .build();
    }
}
