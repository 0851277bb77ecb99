package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClientBuilder;

/** Each subscription holds one of the concurrent requests of its client. By default the SDK's clients allow 50. */
@Isolated // it checks the log
class FanOutOfManyShardsTest {

    private static final int SHARDS = 60;

    @RegisterExtension
    final Followers followers = new Followers();

    private final ScriptedStream stream = new ScriptedStream("models", InstantSource.system());
    private final ScriptedKinesis server = new ScriptedKinesis(stream);
    private final LogCapture log = new LogCapture();

    @BeforeEach
    void manyShards() {
        while (stream.openShards().size() < SHARDS) {
            stream.split(stream.openShards().get(0), Instant.now().minusSeconds(7_200));
        }
        publish("one", Instant.now().minusSeconds(3_600));
    }

    @AfterEach
    void stop() {
        server.close();
        log.close();
    }

    @Test
    void theLibrarysOwnClientHasRoomForAllShards() {
        RecordingSink sink = followers.followUntilCaughtUp(server.settings().with("state.fan.out", "enhanced"));
        assertThatAllIsRead(sink);
        awaitThat(() -> subscribed().size() == SHARDS);
        assertThat(warningsOfRoom()).isEmpty();
        followers.closeInTime(sink);
    }

    @Test
    void aSmallClientPollsTheShardsWithoutRoomAndSaysSoOnce() {
        try (KinesisAsyncClient client = client().build()) {
            RecordingSink sink = follow(client);
            assertThatAllIsRead(sink);
            awaitThat(() -> subscribed().size() == 40);
            assertThat(warningsOfRoom()).hasSize(1);
            publish("three", Instant.now());
            awaitThat(() -> sink.accepted().containsAll(values("three")) && sink.isInContact());
            assertThat(subscribed()).hasSize(40);
            assertThat(warningsOfRoom()).hasSize(1);
            followers.closeInTime(sink);
        }
    }

    @Test
    void theNumberOfRequestsThatAClientAllowsIsFoundOut() {
        try (KinesisAsyncClient client = client().httpClientBuilder(
                        NettyNioAsyncHttpClient.builder().maxConcurrency(SHARDS + 10))
                .build()) {
            RecordingSink sink = follow(client);
            assertThatAllIsRead(sink);
            awaitThat(() -> subscribed().size() == SHARDS);
            assertThat(warningsOfRoom()).isEmpty();
            followers.closeInTime(sink);
        }
    }

    /** After a merge, a shard that was polled gets the room of those that ended. */
    @Test
    void freedRoomIsUsedAgain() {
        try (KinesisAsyncClient client = client().httpClientBuilder(
                        NettyNioAsyncHttpClient.builder().maxConcurrency(SHARDS + 9))
                .build()) {
            RecordingSink sink = follow(client);
            awaitThat(() -> subscribed().size() == SHARDS - 1);
            List<String> open = stream.openShards();
            Set<String> before = subscribed();
            List<String> ending =
                    open.stream().filter(before::contains).limit(2).toList();
            String merged = stream.merge(ending.get(0), ending.get(1), Instant.now());
            stream.put(merged, Instant.now(), "merged".getBytes(UTF_8));
            awaitThat(() -> sink.accepted().contains("merged"));
            awaitThat(() -> subscribed().containsAll(stream.openShards()));
            followers.closeInTime(sink);
        }
    }

    private KinesisAsyncClientBuilder client() {
        return KinesisAsyncClient.builder()
                .endpointOverride(server.endpoint())
                .region(TestStreams.REGION)
                .credentialsProvider(TestStreams.CREDENTIALS);
    }

    private RecordingSink follow(KinesisAsyncClient client) {
        SubscriptionSettings settings = new SubscriptionSettings(stream.name(), Map.of("state.fan.out", "enhanced"));
        RecordingSink sink = followers.follow(new KinesisSubscriber(client), settings, payload -> true);
        awaitThat(sink::isCaughtUp);
        return sink;
    }

    private void assertThatAllIsRead(RecordingSink sink) {
        assertThat(sink.accepted()).containsExactlyInAnyOrderElementsOf(values("one"));
        publish("two", Instant.now());
        awaitThat(() -> sink.accepted().containsAll(values("two")) && sink.isInContact());
    }

    private void publish(String value, Instant arrival) {
        stream.openShards().forEach(shard -> stream.put(shard, arrival, (value + " of " + shard).getBytes(UTF_8)));
    }

    private List<String> values(String value) {
        return stream.openShards().stream().map(shard -> value + " of " + shard).toList();
    }

    private Set<String> subscribed() {
        return server.script().requests("SubscribeToShard").stream()
                .map(request -> request.path("ShardId").asText())
                .collect(Collectors.toSet());
    }

    private List<String> warningsOfRoom() {
        return log.messages(Level.WARN).stream()
                .filter(message -> message.contains("maxConcurrency"))
                .toList();
    }
}
