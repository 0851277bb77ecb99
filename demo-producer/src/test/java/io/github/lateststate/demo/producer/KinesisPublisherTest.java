package io.github.lateststate.demo.producer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program against a small HTTP server in the place of Kinesis. */
class KinesisPublisherTest {

    private static final String ARN = "arn:aws:kinesis:us-east-1:123456789012:stream/models";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void everyCallUsesTheArnOfAStreamThatIsGivenByItsArn() {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        assertThat(run(ARN, "AWS_REGION", "eu-west-1").exitCode()).isZero();
        assertThat(requests)
                .hasSize(2)
                .allSatisfy(request ->
                        assertThat(request).contains("StreamARN", ARN).doesNotContain("StreamName"));
    }

    @Test
    void withoutCredentialsOneSentenceSaysWhatToSet() {
        assumeTrue(System.getenv("AWS_ACCESS_KEY_ID") == null, "the environment has credentials");
        Run run = run("models", "AWS_REGION", "eu-west-1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("No credentials for stream 'models' in region eu-west-1: set AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY, or give this process an AWS profile or role.\n");
    }

    @Test
    void withoutARegionOneSentenceSaysWhatToSet() {
        assumeTrue(System.getenv("AWS_REGION") == null, "the environment has a region");
        Run run = run("models", "AWS_REGION", "");
        assertThat(run).isEqualTo(new Run(1, "", "No region for stream 'models': set AWS_REGION.\n"));
    }

    private Run run(String stream, String variable, String value) {
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        return Run.of(Map.of("KINESIS_STREAM", stream, "AWS_ENDPOINT_URL", endpoint, variable, value));
    }
}
