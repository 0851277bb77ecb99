package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitInterruption;
import static io.github.lateststate.kinesis.Followers.awaitThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Enhanced fan-out as AWS behaves: subscriptions end, fall silent, break or are refused. */
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class ScriptedFanOutTest {

    @RegisterExtension
    final Followers followers = new Followers();

    private final ScriptedStream stream = new ScriptedStream("models", InstantSource.system());
    private final ScriptedKinesis server = new ScriptedKinesis(stream);
    private final Script script = server.script();

    @BeforeEach
    void oneRecord() {
        stream.put(Instant.now().minusSeconds(7200), "one");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSubscriptionThatFallsSilentIsReplaced() {
        script.next("SubscribeToShard", new Fault.Silence());
        RecordingSink sink = follow();
        awaitThat(() -> server.fanOut().events() == 1);
        stream.put(Instant.now(), "two");
        awaitThat(() -> !sink.interruptions().isEmpty()); // it ends as soon as the next subscription answers
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
        assertThat(script.calls("SubscribeToShard")).isEqualTo(2);
    }

    /** The SDK's own client does not wait for long. A client that you pass may. */
    @Test
    void aSubscriptionThatFallsSilentIsReplacedEvenIfTheClientWouldWaitForEver() {
        try (KinesisAsyncClient patient = KinesisAsyncClient.builder()
                .endpointOverride(server.endpoint())
                .region(TestStreams.REGION)
                .credentialsProvider(TestStreams.CREDENTIALS)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().readTimeout(Duration.ofHours(1)))
                .build()) {
            script.next("SubscribeToShard", new Fault.Silence());
            SubscriptionSettings settings =
                    new SubscriptionSettings(stream.name(), Map.of("state.fan.out", "enhanced"));
            RecordingSink sink = followers.follow(new KinesisSubscriber(patient), settings, payload -> true);
            awaitThat(() -> server.fanOut().events() == 1);
            stream.put(Instant.now(), "two");
            awaitThat(() -> !sink.interruptions().isEmpty()); // it ends as soon as the next subscription answers
            awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
            followers.closeInTime(sink);
            assertThat(server.operations().consumers()).isEmpty();
            assertThat(patient.listShards(request -> request.streamName("models"))
                            .join()
                            .shards())
                    .as("what a client that is not closed finds")
                    .hasSize(1);
        }
    }

    @Test
    void aSubscriptionThatEndsIsRenewedWhereItWas() {
        server.fanOut().inUse(Duration.ZERO);
        server.fanOut().life(Duration.ofMillis(500));
        RecordingSink sink = follow();
        awaitThat(() -> script.calls("SubscribeToShard") >= 1);
        int interruptions = sink.interruptions().size();
        awaitThat(() -> script.calls("SubscribeToShard") >= 3);
        stream.put(Instant.now(), "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")));
        assertThat(sink.interruptions()).hasSize(interruptions);
    }

    @Test
    void aRenewalThatIsRefusedAsInUseIsTriedAgainLater() {
        server.fanOut().life(Duration.ofMillis(500));
        RecordingSink sink = follow();
        awaitThat(() -> script.calls("SubscribeToShard") >= 2);
        stream.put(Instant.now(), "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
        assertThat(script.calls("SubscribeToShard")).isLessThan(10);
    }

    @Test
    void theEndOfAShardLeadsToItsChildren() {
        RecordingSink sink = follow();
        awaitThat(() -> server.fanOut().events() > 0);
        int interruptions = sink.interruptions().size();
        script.forgetCalls();
        List<String> children = stream.split(stream.openShards().get(0), Instant.now());
        stream.put(children.get(1), Instant.now(), "two".getBytes(UTF_8));
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && script.calls("SubscribeToShard") == 2);
        assertThat(sink.interruptions()).hasSize(interruptions);
    }

    @Test
    void aClosedShardThatWasReadIsNotSubscribedTo() {
        String parent = stream.openShards().get(0);
        stream.split(parent, Instant.now().minusSeconds(30));
        follow();
        awaitThat(() -> script.calls("SubscribeToShard") >= 2);
        assertThat(script.requests("SubscribeToShard"))
                .extracting(request -> request.path("ShardId").asText())
                .doesNotContain(parent);
    }

    @Test
    void aBrokenConnectionIsOneErrorAndOneRenewal() {
        server.fanOut().inUse(Duration.ZERO);
        script.next("SubscribeToShard", new Fault.ResetAfterEvent());
        RecordingSink sink = follow();
        awaitThat(() -> server.fanOut().events() == 1);
        stream.put(Instant.now(), "two");
        awaitInterruption(sink);
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
        assertThat(script.calls("SubscribeToShard")).isEqualTo(2);
    }

    @Test
    void anErrorAmongTheEventsIsOneErrorAndOneRenewal() {
        server.fanOut().inUse(Duration.ZERO);
        script.next(
                "SubscribeToShard", new Fault.ErrorAfterEvent(KinesisError.of("InternalFailureException", "scripted")));
        RecordingSink sink = follow();
        awaitThat(() -> server.fanOut().events() == 1);
        stream.put(Instant.now(), "two");
        awaitInterruption(sink);
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
        assertThat(script.calls("SubscribeToShard")).isEqualTo(2);
    }

    @Test
    void aSubscriptionIsNotRepeatedByTheSdk() {
        script.next("SubscribeToShard", Fault.internal());
        RecordingSink sink = follow();
        awaitThat(() -> script.calls("SubscribeToShard") == 2);
        stream.put(Instant.now(), "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
        assertThat(script.repetitions("SubscribeToShard")).isZero();
    }

    @Test
    void aFullQuotaOfConsumersMeansPolling() {
        server.operations().consumerQuota(0);
        RecordingSink sink = follow();
        stream.put(Instant.now(), "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
        assertThat(script.calls("SubscribeToShard")).isZero();
    }

    @Test
    void theConsumerIsGoneAfterClose() {
        RecordingSink sink = follow();
        awaitThat(() -> script.calls("SubscribeToShard") > 0);
        assertThat(server.operations().consumers())
                .containsExactly(followers.subscriptionOf(sink).group());
        followers.subscriptionOf(sink).close();
        assertThat(server.operations().consumers()).isEmpty();
    }

    @Test
    void aDeletedConsumerIsRegisteredAgain() {
        server.fanOut().inUse(Duration.ZERO);
        server.fanOut().life(Duration.ofMillis(500));
        RecordingSink sink = follow();
        awaitThat(() -> script.calls("SubscribeToShard") > 0);
        server.operations().forgetConsumers();
        stream.put(Instant.now(), "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")) && sink.isInContact());
    }

    private RecordingSink follow() {
        return followers.followUntilCaughtUp(enhanced());
    }

    private SubscriptionSettings enhanced() {
        return server.settings().with("state.fan.out", "enhanced");
    }
}
