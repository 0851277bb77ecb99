package io.github.lateststate.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.sun.net.httpserver.HttpServer;
import io.github.lateststate.kinesis.KinesisSubscriber;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;

/** A server that refuses all calls takes the place of Kinesis: each call says in its signature who signed it, and for which region. */
class KinesisTest {

    private final CompletableFuture<String> authorization = new CompletableFuture<>();
    private final ApplicationContextRunner application = Contexts.plain()
            .withUserConfiguration(Contexts.ModelBean.class)
            .withPropertyValues(
                    "latest-state.states.model.subscriber=kinesis", "latest-state.states.model.stream=models");
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            authorization.complete(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void regionEndpointAndCredentialsAreWhereTheSdkLooksForThem() {
        application
                .withSystemProperties(
                        "aws.region=eu-north-1",
                        "aws.endpointUrl=" + endpoint(),
                        "aws.accessKeyId=of-the-environment",
                        "aws.secretAccessKey=secret")
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(KinesisSubscriber.class);
                    assertThat(authorization)
                            .succeedsWithin(Duration.ofSeconds(30), STRING)
                            .contains("Credential=of-the-environment/")
                            .contains("/eu-north-1/kinesis/");
                });
    }

    @Test
    void theClientOfTheApplicationIsUsed() {
        application.withBean(KinesisAsyncClient.class, this::client).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(authorization)
                    .succeedsWithin(Duration.ofSeconds(30), STRING)
                    .contains("Credential=of-the-client/")
                    .contains("/ap-south-1/kinesis/");
        });
    }

    @Test
    void aRegionBesidesTheClientOfTheApplicationIsRefused() {
        application
                .withBean(KinesisAsyncClient.class, this::client)
                .withPropertyValues("latest-state.states.model.settings.region=eu-central-1")
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("region"));
    }

    @Test
    void aSubscriberOfTheApplicationTakesThePlaceOfTheClient() {
        application
                .withBean(KinesisAsyncClient.class, this::client)
                .withBean("own", KinesisSubscriber.class, () -> new KinesisSubscriber(client()))
                .run(context -> assertThat(context)
                        .getBeanNames(KinesisSubscriber.class)
                        .containsExactly("own"));
    }

    private KinesisAsyncClient client() {
        return KinesisAsyncClient.builder()
                .region(Region.AP_SOUTH_1)
                .endpointOverride(endpoint())
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("of-the-client", "secret")))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
                .build();
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
