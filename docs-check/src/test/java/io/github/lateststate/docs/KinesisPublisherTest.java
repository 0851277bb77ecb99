package io.github.lateststate.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lateststate.Decoder;
import io.github.lateststate.LatestState;
import io.github.lateststate.kinesis.KinesisSubscriber;
import io.github.lateststate.reliability.KinesisEmulator;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** What the class of the page on publishing sends to Kinesis becomes the state. */
public class KinesisPublisherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path EMULATOR = Pages.ROOT.resolve("state-kinesis/src/test/kinesis-mock");

    @TempDir
    Path folder;

    @Test
    void aRecordThatItSendsBecomesTheState() throws Exception {
        assumeTrue(
                Files.exists(EMULATOR.resolve("node_modules")) || Boolean.parseBoolean(System.getenv("CI")),
                "needs Node: the build could not install the Kinesis emulator with npm");
        Snippet snippet = Pages.declaring("KinesisPublisher");
        try (KinesisEmulator kinesis = KinesisEmulator.start(EMULATOR, "prices");
                KinesisAsyncClient client = clientOf(kinesis.endpoint().toString());
                LatestState<String> state =
                        LatestState.builder(Decoder.utf8()).subscriber(new KinesisSubscriber(client)).stream("prices")
                                .open()) {
            state.awaitReady(PATIENCE);
            JavaSource source = JavaSource.of(
                    snippet,
                    snippet.code()
                            .replace(
                                    "KinesisAsyncClient.create()",
                                    getClass().getName() + ".clientOf(\"" + kinesis.endpoint() + "\")"));
            assertThat(JavaCompiler.compile(source, folder)).isEmpty();
            try (URLClassLoader loader = JavaCompiler.loader(folder)) {
                Method publish = loader.loadClass(source.type()).getDeclaredMethod("publish", String.class);
                publish.setAccessible(true); // not public, as in a reader's code
                publish.invoke(null, "a price");
            }
            await().atMost(PATIENCE)
                    .until(() -> state.value().filter("a price"::equals).isPresent());
        }
    }

    /** The client that the environment describes for a reader's program. */
    public static KinesisAsyncClient clientOf(String endpoint) {
        return KinesisAsyncClient.builder()
                .endpointOverride(URI.create(endpoint))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
    }
}
