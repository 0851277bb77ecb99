package io.github.lateststate.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lateststate.testing.Reference;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** Everything of the AWS SDK and of Netty that this module's classes name exists in the versions of this test run. */
@Tag("every-client")
class LinkageTest {

    @Test
    void everyReferenceToTheSdkAndToNettyIsResolved() {
        List<Reference> references = Reference.ofModule(KinesisSubscriber.class).stream()
                .filter(reference -> reference.owner().startsWith("software/amazon/awssdk/")
                        || reference.owner().startsWith("io/netty/"))
                .filter(reference -> !isAskedFor(reference))
                .toList();
        assertThat(references).anyMatch(reference -> reference.isTo(KinesisAsyncClient.class, "getRecords"));
        assertThat(references).filteredOn(reference -> !reference.isThere()).isEmpty();
    }

    /** The only class that checks whether a method exists, and the only one that it keeps from being used. */
    private static boolean isAskedFor(Reference reference) {
        return (reference.isFrom(ClientVersion.class)
                        && reference.isTo(StandardRetryStrategy.Builder.class, "useClientDefaults"))
                || (reference.isFrom(KinesisConsumerCalls.class) && !ClientVersion.hasFanOut());
    }
}
