package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** A stream of another account has no name here. Every call uses its ARN, and the region is that of the ARN. */
class StreamArnTest {

    private static final String ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/models";

    @RegisterExtension
    final Followers followers = new Followers();

    private final ScriptedStream stream = new ScriptedStream("models", InstantSource.system());
    private final ScriptedKinesis server = new ScriptedKinesis(stream);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyCallNamesTheStreamByItsArn() {
        stream.split(stream.openShards().get(0), Instant.now().minusSeconds(60));
        stream.put(Instant.now().minusSeconds(7200), "one");
        server.operations().shardsPerPage(1); // so that there is a next page
        RecordingSink sink = followers.followUntilCaughtUp(settings("polling"));
        stream.put(Instant.now(), "two");
        awaitThat(() -> sink.accepted().equals(List.of("one", "two")));
        for (String operation : List.of("DescribeStreamSummary", "ListShards", "GetShardIterator", "GetRecords")) {
            assertThat(server.script().requests(operation))
                    .as(operation)
                    .isNotEmpty()
                    .allSatisfy(request -> {
                        assertThat(request.path("StreamARN").asText()).isEqualTo(ARN);
                        assertThat(request.has("StreamName")).isFalse();
                    });
        }
    }

    @Test
    void fanOutWorksWithTheArnToo() {
        RecordingSink sink = followers.followUntilCaughtUp(settings("enhanced"));
        awaitThat(() -> server.fanOut().events() > 0);
        stream.put(Instant.now(), "one");
        awaitThat(() -> sink.accepted().equals(List.of("one")));
        assertThat(server.script().requests("RegisterStreamConsumer"))
                .allMatch(request -> request.path("StreamARN").asText().equals(ARN));
    }

    @Test
    void theRegionIsThatOfTheArn() {
        String elsewhere = "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/models";
        assertThat(KinesisSettings.of(new SubscriptionSettings(elsewhere, Map.of("region", "us-east-1")))
                        .region())
                .isEqualTo("cn-north-1");
        Map<String, String> env = KinesisEnvironment.settings(Map.of("AWS_REGION", "eu-west-1"));
        assertThat(KinesisSettings.of(new SubscriptionSettings(elsewhere, env)).region())
                .isEqualTo("cn-north-1");
    }

    @Test
    void aClientForAnotherRegionIsRefused() {
        try (KinesisAsyncClient client = KinesisAsyncClient.builder()
                .region(Region.EU_WEST_1)
                .credentialsProvider(TestStreams.CREDENTIALS)
                .build()) {
            assertThatThrownBy(() -> new KinesisSubscriber(client)
                            .subscribe(new SubscriptionSettings(ARN, Map.of()), new RecordingSink(payload -> true)))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("us-east-1");
        }
    }

    private SubscriptionSettings settings(String fanOut) {
        return new SubscriptionSettings(
                ARN, Map.of("endpoint", server.endpoint().toString(), "state.fan.out", fanOut));
    }
}
