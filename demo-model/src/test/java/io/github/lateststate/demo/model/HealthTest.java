package io.github.lateststate.demo.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lateststate.testing.InMemorySubscriber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HealthTest {

    @TempDir
    private Path folder;

    private final InMemorySubscriber broker = new InMemorySubscriber();

    static List<Arguments> badVersions() {
        return List.of(
                bad("Wrong checksum", artifacts -> artifacts.withWrongChecksum("bad", 8)),
                bad("The artifact cannot be read", artifacts -> artifacts.version("bad", "no model".getBytes(UTF_8))),
                bad(
                        "fails its trial",
                        artifacts ->
                                artifacts.version("bad", Artifacts.misnaming(8).bytes())),
                bad("There is no such file", HealthTest::deleted));
    }

    @ParameterizedTest
    @MethodSource("badVersions")
    void aBadVersionLeavesTheOldOneInServiceAndIsNamedUntilAGoodOneComes(
            String because, Function<Artifacts, ModelRef> bad) throws Exception {
        Artifacts artifacts = new Artifacts(folder);
        try (TestApi api = new TestApi(broker, folder)) {
            publish(artifacts.version("good", 7));
            awaitServing(api, "good");
            publish(bad.apply(artifacts));

            await().until(() -> model(api).path("phase").textValue().equals("RETRYING"));

            JsonNode health = TestApi.json(api.get("/health/ready"));
            assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(api.get("/health/live").statusCode()).isEqualTo(200);
            assertThat(health.path("ready").booleanValue()).isTrue();
            assertThat(health.path("state").path("phase").textValue()).isEqualTo("LIVE");
            assertThat(health.at("/model/serving/version").textValue()).isEqualTo("good");
            assertThat(health.at("/model/lastFailure/version").textValue()).isEqualTo("bad");
            assertThat(health.at("/model/lastFailure/cause").textValue())
                    .contains(because)
                    .doesNotContainPattern("[0-9a-f]{64}");
            assertThat(TestApi.json(api.predict(TestApi.SETOSA)).path("version").textValue())
                    .isEqualTo("good");

            publish(artifacts.version("better", 9));
            awaitServing(api, "better");
            assertThat(model(api).path("phase").textValue()).isEqualTo("WAITING");
        }
    }

    @Test
    void aBadFirstVersionLeavesTheServerNotReady() throws Exception {
        Artifacts artifacts = new Artifacts(folder);
        try (TestApi api = new TestApi(broker, folder)) {
            publish(artifacts.withWrongChecksum("bad", 8));
            await().until(() -> model(api).path("phase").textValue().equals("RETRYING"));

            assertThat(api.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(TestApi.json(api.get("/health/ready")).path("detail").textValue())
                    .startsWith("No model yet: version bad was refused and is retried. Wrong checksum: ");
            assertThat(api.get("/health/live").statusCode()).isEqualTo(200);

            publish(artifacts.version("good", 7));
            await().until(() -> api.get("/health/ready").statusCode() == 200);
        }
    }

    @Test
    void aModelOutsideTheStoreIsNotLoadedAndTheAnswerDoesNotRevealThatItExists(@TempDir Path elsewhere)
            throws Exception {
        ModelRef outside = new Artifacts(elsewhere).version("outside", 8);
        try (TestApi api = new TestApi(broker, folder)) {
            publish(outside);
            await().until(() -> model(api).path("phase").textValue().equals("RETRYING"));

            assertThat(api.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(api.get("/health/ready").body())
                    .contains("There is no such file in the folder of the store")
                    .doesNotContain(elsewhere.toString(), outside.sha256());
        }
    }

    @Test
    void anOutageOfTheBrokerLeavesItReady() throws Exception {
        try (TestApi api = new TestApi(broker, folder)) {
            publish(new Artifacts(folder).version("good", 7));
            awaitServing(api, "good");
            broker.interrupt(new IllegalStateException("unplugged"));

            assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(TestApi.json(api.get("/health/ready"))
                            .at("/state/lastError")
                            .textValue())
                    .isEqualTo("unplugged");
        }
    }

    @Test
    void aStateThatHasGivenUpIsNotLive() throws Exception {
        try (TestApi api = new TestApi(broker, folder)) {
            broker.fail(new IllegalStateException("write another setting"));

            assertThat(api.get("/health/live").statusCode()).isEqualTo(503);
            assertThat(api.get("/health/live").body()).contains("Given up: FAILED", "write another setting");
        }
    }

    @Test
    void aStateThatFailsAfterAModelWasLoadedIsNotReady() throws Exception {
        try (TestApi api = new TestApi(broker, folder)) {
            publish(new Artifacts(folder).version("good", 7));
            awaitServing(api, "good");
            broker.fail(new IllegalStateException("write another setting"));

            assertThat(api.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(api.get("/health/ready").body())
                    .contains("No newer model will come", "write another setting", "\"ready\":false");
        }
    }

    private void publish(ModelRef ref) {
        broker.push(ref.json());
    }

    private static void awaitServing(TestApi api, String version) {
        await().until(() -> model(api).at("/serving/version").asText().equals(version));
    }

    private static JsonNode model(TestApi api) throws Exception {
        return TestApi.json(api.get("/health/ready")).path("model");
    }

    private static Arguments bad(String because, Function<Artifacts, ModelRef> version) {
        return Arguments.of(because, version);
    }

    private static ModelRef deleted(Artifacts artifacts) {
        try {
            ModelRef ref = artifacts.version("bad", 8);
            Files.delete(Path.of(ref.uri()));
            return ref;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
