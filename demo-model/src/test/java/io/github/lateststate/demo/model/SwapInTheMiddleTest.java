package io.github.lateststate.demo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lateststate.testing.InMemorySubscriber;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request waits in the middle of its prediction until another version is in service. */
class SwapInTheMiddleTest {

    private static final Flower SETOSA = new Flower(5.1, 3.5, 1.4, 0.2);

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch swapped = new CountDownLatch(1);

    @Test
    void anAnswerComesFromTheVersionAtItsStartWhichIsDisposedOfAfterwards(@TempDir Path folder) throws Exception {
        Artifacts artifacts = new Artifacts(folder);
        try (TestApi api = new TestApi(broker, this::slowIfOld)) {
            swapTo(api, artifacts.version("old", 1));
            CompletableFuture<HttpResponse<String>> response = CompletableFuture.supplyAsync(() -> predict(api));
            asked.await();
            swapTo(api, artifacts.version("new", 2));
            assertThat(api.disposed()).isEmpty();
            swapped.countDown();

            JsonNode answer = TestApi.json(response.join());
            assertThat(response.join().statusCode()).isEqualTo(200);
            assertThat(answer.path("version").textValue()).isEqualTo("old");
            assertThat(answer.path("probabilities").path("setosa").doubleValue())
                    .isEqualTo(Artifacts.classifier(1).probabilities(SETOSA).get("setosa"));
            await().until(() -> api.disposed().size() == 1);
        } finally {
            swapped.countDown();
        }
    }

    private ServedModel slowIfOld(ModelRef ref) {
        boolean old = ref.version().equals("old");
        Classifier classifier = Artifacts.classifier(old ? 1 : 2);
        return new ServedModel(ref, flower -> {
            Map<String, Double> probabilities = classifier.probabilities(flower);
            if (old && flower.equals(SETOSA)) {
                asked.countDown();
                awaitSwap();
            }
            return probabilities;
        });
    }

    private void swapTo(TestApi api, ModelRef ref) {
        broker.push(ref.json());
        await().until(() ->
                TestApi.json(api.get("/model")).path("version").asText().equals(ref.version()));
    }

    private void awaitSwap() {
        try {
            swapped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpResponse<String> predict(TestApi api) {
        try {
            return api.predict(TestApi.SETOSA);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
