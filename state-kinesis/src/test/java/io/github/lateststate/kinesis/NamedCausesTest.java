package io.github.lateststate.kinesis;

import static io.github.lateststate.kinesis.Followers.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lateststate.spi.SubscriptionSettings;
import io.github.lateststate.testing.RecordingSink;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** The cause is named correctly, in one sentence that says what to do. */
@Execution(ExecutionMode.CONCURRENT) // they mostly wait
class NamedCausesTest {

    @RegisterExtension
    final Followers followers = new Followers();

    private final ScriptedStream stream = new ScriptedStream("models", InstantSource.system());
    private final ScriptedKinesis server = new ScriptedKinesis(stream);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aThrottledDescriptionIsNotBlamedOnTheReadsOfAShard() {
        server.script().always("DescribeStreamSummary", Fault.error("LimitExceededException"));
        RecordingSink sink = followers.follow(server.settings());
        assertThat(firstInterruption(sink))
                .contains("Throttled", "its account makes too many calls")
                .doesNotContain("five reads");
        server.script().clear();
        awaitThat(sink::isCaughtUp);
    }

    @Test
    void aMissingRegionIsExplainedInOneSentence() {
        assumeTrue(System.getenv("AWS_REGION") == null, "the environment has a region");
        RecordingSink sink = followers.follow(new SubscriptionSettings(
                "models", Map.of("endpoint", server.endpoint().toString())));
        assertThat(firstInterruption(sink))
                .isEqualTo("No region for stream 'models': set the setting region, or AWS_REGION in the environment.");
    }

    @Test
    void missingCredentialsAreExplainedInOneSentence() {
        assumeTrue(System.getenv("AWS_ACCESS_KEY_ID") == null, "the environment has credentials");
        try (KinesisAsyncClient client = KinesisAsyncClient.builder()
                .endpointOverride(server.endpoint())
                .region(TestStreams.REGION)
                .credentialsProvider(AwsCredentialsProviderChain.of(EnvironmentVariableCredentialsProvider.create()))
                .build()) {
            RecordingSink sink = followers.follow(
                    new KinesisSubscriber(client), new SubscriptionSettings("models", Map.of()), payload -> true);
            assertThat(firstInterruption(sink))
                    .isEqualTo("No credentials for stream 'models' in region us-east-1: set AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY, or give this process an AWS profile or role.");
            followers.closeInTime(sink);
        }
    }

    private static String firstInterruption(RecordingSink sink) {
        awaitThat(() -> !sink.interruptions().isEmpty());
        return String.valueOf(sink.interruptions().get(0).getMessage());
    }
}
