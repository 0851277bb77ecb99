package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.kinesis.KinesisSubscriber;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

class KinesisTest {

    @Test
    void theClientOfTheApplicationIsUsed() {
        Contexts.plain()
                .withBean(KinesisAsyncClient.class, KinesisTest::client)
                .withUserConfiguration(Contexts.ModelBean.class)
                .withPropertyValues(
                        "latest-state.states.model.subscriber=kinesis",
                        "latest-state.states.model.stream=models",
                        "latest-state.states.model.settings.region=eu-central-1") // refused with a client that is
                // handed in
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("region"));
    }

    @Test
    void withoutAClientTheSubscriberMakesItsOwn() {
        Contexts.plain().run(context -> assertThat(context).doesNotHaveBean(KinesisSubscriber.class));
    }

    private static KinesisAsyncClient client() {
        return KinesisAsyncClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }
}
