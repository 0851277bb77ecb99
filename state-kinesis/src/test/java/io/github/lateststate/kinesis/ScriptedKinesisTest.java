package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KmsDisabledException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** Tests the scripted server itself, with a plain client of the SDK. */
class ScriptedKinesisTest {

    private final Instant now = Instant.now();
    private final ScriptedStream stream = new ScriptedStream("s", InstantSource.system());
    private ScriptedKinesis server;
    private KinesisAsyncClient client;

    @BeforeEach
    void start() {
        server = new ScriptedKinesis(stream);
        client = KinesisAsyncClient.builder()
                .endpointOverride(server.endpoint())
                .region(TestStreams.REGION)
                .credentialsProvider(TestStreams.CREDENTIALS)
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void emptyPagesComeBeforeDataAndTheLastPageLagsBehindTheClock() {
        stream.stride(Duration.ofMinutes(10)).put(now.minusSeconds(60), "one");
        List<GetRecordsResponse> pages = new ArrayList<>();
        String iterator = iterator(now.minus(Duration.ofMinutes(35)));
        for (int i = 0; i < 5; i++) {
            String at = iterator;
            pages.add(client.getRecords(request -> request.shardIterator(at)).join());
            iterator = pages.get(i).nextShardIterator();
        }
        assertThat(pages).extracting(page -> page.records().size()).containsExactly(0, 0, 0, 1, 0);
        assertThat(pages.get(3).millisBehindLatest()).isGreaterThanOrEqualTo(60_000);
        assertThat(pages.get(3).records().get(0).data().asUtf8String()).isEqualTo("one");
        assertThat(pages.get(3).records().get(0).approximateArrivalTimestamp().toEpochMilli())
                .isEqualTo(now.minusSeconds(60).toEpochMilli());
        assertThat(pages.get(4).millisBehindLatest()).isZero();
        assertThat(server.script().calls("GetRecords")).isEqualTo(5);
    }

    @Test
    void errorsArriveAsTheSdksOwnExceptions() {
        assertFails(InvalidArgumentException.class, () -> iterator(now.plusSeconds(60)));
        stream.iteratorLife(Duration.ofMillis(-1));
        String expired = iterator(now);
        assertFails(
                ExpiredIteratorException.class,
                () -> client.getRecords(request -> request.shardIterator(expired))
                        .join());
        server.script().next("GetRecords", Fault.error("KMSDisabledException"));
        assertFails(
                KmsDisabledException.class,
                () -> client.getRecords(request -> request.shardIterator(expired))
                        .join());
    }

    @Test
    void aResetConnectionAndAnInternalFailureAreRetriedByTheSdk() {
        server.script().next("GetShardIterator", new Fault.Reset());
        server.script().next("GetShardIterator", Fault.internal());
        assertThat(iterator(now)).isNotEmpty();
        assertThat(server.script().calls("GetShardIterator")).isEqualTo(3);
    }

    @Test
    void fanOutPushesRecordsAndEndsWithTheShard() throws Exception {
        String shard = stream.openShards().get(0);
        stream.put(now, "one");
        stream.split(shard, now);
        List<SubscribeToShardEvent> events = new CopyOnWriteArrayList<>();
        subscribe(register("c"), shard, events).get(10, TimeUnit.SECONDS);
        assertThat(events).hasSize(1);
        assertThat(events.get(0).records().get(0).data().asUtf8String()).isEqualTo("one");
        assertThat(events.get(0).childShards()).hasSize(2);
        assertThat(events.get(0).continuationSequenceNumber()).isNull();
    }

    @Test
    void aSecondSubscriptionOfAConsumerIsRefused() {
        String shard = stream.openShards().get(0);
        String arn = register("c");
        server.script().next("SubscribeToShard", new Fault.Silence());
        List<SubscribeToShardEvent> events = new CopyOnWriteArrayList<>();
        CompletableFuture<Void> first = subscribe(arn, shard, events);
        org.awaitility.Awaitility.await().until(() -> events.size() == 1);
        assertFails(
                ResourceInUseException.class,
                () -> subscribe(arn, shard, events).join());
        assertThat(first).isNotDone();
    }

    private String register(String name) {
        return client.registerStreamConsumer(
                        request -> request.consumerName(name).streamARN("s"))
                .join()
                .consumer()
                .consumerARN();
    }

    private CompletableFuture<Void> subscribe(String arn, String shard, List<SubscribeToShardEvent> events) {
        return client.subscribeToShard(
                request -> request.consumerARN(arn)
                        .shardId(shard)
                        .startingPosition(position -> position.type(ShardIteratorType.TRIM_HORIZON)),
                SubscribeToShardResponseHandler.builder()
                        .subscriber(event -> events.add((SubscribeToShardEvent) event))
                        .build());
    }

    private String iterator(Instant from) {
        return client.getShardIterator(request -> request.streamName("s")
                        .shardId(stream.openShards().get(0))
                        .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                        .timestamp(from))
                .join()
                .shardIterator();
    }

    private static void assertFails(Class<? extends Throwable> type, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(CompletionException.class).hasCauseInstanceOf(type);
    }
}
