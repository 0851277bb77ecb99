package io.github.lateststate.demo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lateststate.testing.InMemorySubscriber;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every version has its own weights, so an answer that mixed two versions would match none. */
class SwapUnderLoadTest {

    private static final int SWAPS = 100;
    private static final int CLIENTS = 4;
    private static final Flower BORDERLINE = new Flower(6.1, 2.8, 4.9, 1.7);
    private static final String BODY =
            "{\"sepalLength\":6.1,\"sepalWidth\":2.8,\"petalLength\":4.9,\"petalWidth\":1.7}";

    @TempDir
    private Path folder;

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private final Map<String, Map<String, Double>> expected = new LinkedHashMap<>();
    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    @Test
    void eachAnswerDuringAHundredSwapsIsFromOneVersionAndNoneFails() throws Exception {
        List<ModelRef> versions = versions();
        assertThat(Set.copyOf(expected.values())).hasSize(SWAPS + 1);
        TestApi api = new TestApi(broker, folder);
        try (api) {
            swapTo(api, versions.get(0));
            List<Thread> clients = startClients(api);
            try {
                for (ModelRef next : versions.subList(1, versions.size())) {
                    swapTo(api, next);
                    awaitEagerly(() -> answered.contains(next.version()));
                }
            } finally {
                join(clients);
            }
            assertThat(wrong).isEmpty();
        }
        assertThat(api.disposed())
                .extracting(ServedModel::version)
                .containsExactlyInAnyOrderElementsOf(expected.keySet());
    }

    private List<ModelRef> versions() {
        Artifacts artifacts = new Artifacts(folder);
        return IntStream.rangeClosed(0, SWAPS)
                .mapToObj(i -> {
                    Classifier classifier = Artifacts.classifier(i);
                    expected.put("v" + i, classifier.probabilities(BORDERLINE));
                    return artifacts.version("v" + i, classifier.bytes());
                })
                .toList();
    }

    private void swapTo(TestApi api, ModelRef next) {
        broker.push(next.json());
        awaitEagerly(
                () -> TestApi.json(api.get("/model")).path("version").asText().equals(next.version()));
    }

    private static void awaitEagerly(Callable<Boolean> condition) {
        await().pollInterval(Duration.ofMillis(1)).atMost(Duration.ofMinutes(1)).until(condition);
    }

    private List<Thread> startClients(TestApi api) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Thread client = new Thread(() -> askUntilOver(api), "client-" + i);
            client.start();
            clients.add(client);
        }
        return clients;
    }

    private void askUntilOver(TestApi api) {
        while (!over) {
            try {
                check(api.predict(BODY));
            } catch (Exception e) {
                wrong.add(e.toString());
            }
        }
    }

    private void check(HttpResponse<String> response) throws Exception {
        JsonNode answer = TestApi.json(response);
        String version = answer.path("version").asText();
        Map<String, Double> scores = new LinkedHashMap<>();
        answer.path("probabilities")
                .properties()
                .forEach(each -> scores.put(each.getKey(), each.getValue().doubleValue()));
        if (response.statusCode() == 200 && scores.equals(expected.get(version))) {
            answered.add(version);
        } else {
            wrong.add(response.statusCode() + " " + response.body());
        }
    }

    private void join(List<Thread> clients) throws InterruptedException {
        over = true;
        for (Thread client : clients) {
            client.join();
        }
    }
}
