package io.github.lateststate.benchmarks.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Some connections. Each asks again as soon as it has its answer. */
final class Load implements AutoCloseable {

    private static final int CONNECTIONS = 4;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

    /** The result of one span of time. */
    record Done(long answers, double seconds, double cpuSeconds) {

        double perSecond() {
            return answers / seconds;
        }

        double cpuMicrosPerAnswer() {
            return cpuSeconds * 1e6 / answers;
        }
    }

    /** Asks for this long. Throws if an answer is not the expected one. */
    Done run(WebServer server, String expected, Duration time) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(server.at("/state")).build();
        Duration cpuBefore = server.cpu();
        long begin = System.nanoTime();
        List<Future<Long>> counts = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            counts.add(threads.submit(() -> ask(request, expected, begin + time.toNanos())));
        }
        long answers = 0;
        for (Future<Long> count : counts) {
            answers += count.get();
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Done(answers, seconds, server.cpu().minus(cpuBefore).toNanos() / 1e9);
    }

    private long ask(HttpRequest request, String expected, long until) throws Exception {
        long answers = 0;
        while (System.nanoTime() < until) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200 || !answer.body().equals(expected)) {
                throw new IllegalStateException(
                        request.uri() + " answers " + answer.statusCode() + ": " + answer.body());
            }
            answers++;
        }
        return answers;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
